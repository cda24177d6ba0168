import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { FILE } from './clock.mjs'

const declarations = readFileSync(new URL('session-backend.d.ts', FILE), 'utf8')
const module = await import(FILE)

/** What is declared in the body of a type. */
function members(type) {
  const [, body] = declarations.match(new RegExp(`export (?:class|interface) ${type}[^{]*{\n(.*?)\n}\n`, 's'))
  return new Set([...body.matchAll(/^ {2}(?:readonly )?(\w+)[?]?[(:]/gm)].map(([, name]) => name))
}

/** What a page can reach of an object. */
function reachable(object) {
  return new Set([...Object.getOwnPropertyNames(object), ...Object.getOwnPropertyNames(Object.getPrototypeOf(object))])
}

test('the module has less than 6 KB', () => {
  assert.ok(statSync(FILE).size < 6000, `${statSync(FILE).size} bytes`)
})

test('the declarations name every export and every member', async () => {
  const exported = [...declarations.matchAll(/^export (?:class|function|const) (\w+)/gm)].map(([, name]) => name)
  assert.deepEqual(exported, Object.keys(module))

  const nowhere = 'http://127.0.0.1:9/'
  const backend = new module.SessionBackend({ url: nowhere, status_url: nowhere })
  const socket = backend.webSocket()
  backend.destroy()
  assert.deepEqual(members('SessionBackend'), reachable(backend))
  const ofSocket = new Set(Object.getOwnPropertyNames(socket)).add('addEventListener')
  assert.deepEqual(members('BackendSocket'), ofSocket)
})

test('the module has no dependency', () => {
  assert.doesNotMatch(readFileSync(FILE, 'utf8'), /\b(import|require)\b/)
})
