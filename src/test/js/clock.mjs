// The module with a clock that is moved by hand, and with chance that always gives the longest delay.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export const FILE = new URL('../../../META-INF/resources/jamsocket/session-backend.js', import.meta.url)

const folder = mkdtempSync(join(tmpdir(), 'session-backend-'))
process.on('exit', () => rmSync(folder, { recursive: true }))
let modules = 0

export class Clock {
  #now = Date.UTC(2024, 10, 4)
  #timers = new Map()
  #ids = 0

  setTimeout = (task, millis = 0) => {
    this.#timers.set(++this.#ids, { at: this.#now + millis, task })
    return this.#ids
  }

  clearTimeout = (id) => void this.#timers.delete(id)

  now = () => this.#now

  /** The names of what is to be done later. */
  get pending() {
    return [...this.#timers.values()].map(({ task }) => task.name).sort()
  }

  /** How long it is until something is done, if it is to be. */
  delay(name) {
    const timer = [...this.#timers.values()].find(({ task }) => task.name === name)
    return timer && timer.at - this.#now
  }

  /** Lets so much time pass, from timer to timer. */
  advance(millis) {
    const end = this.#now + millis
    for (;;) {
      const [id, timer] = [...this.#timers].sort(([, a], [, b]) => a.at - b.at)[0] ?? []
      if (!timer || timer.at > end) break
      this.#now = timer.at
      this.#timers.delete(id)
      timer.task()
    }
    this.#now = end
  }
}

/** Node 20 does not tell of the close after a handshake that failed; browsers and later versions do. */
class ClosingWebSocket extends WebSocket {
  constructor(...args) {
    super(...args)
    let isTold = false
    const tell = () => isTold || this.dispatchEvent(Object.assign(new Event('close'), { code: 1006, wasClean: false }))
    for (const type of ['open', 'close']) this.addEventListener(type, () => (isTold = true))
    this.addEventListener('error', () => setTimeout(tell))
  }
}

export async function load(clock) {
  const { setTimeout, clearTimeout } = clock
  class SteppedDate extends Date {
    static now = clock.now
  }
  const steadyMath = Object.create(Math, { random: { value: () => 0 } })
  const key = `clock${modules++}`
  globalThis[key] = { setTimeout, clearTimeout, Date: SteppedDate, Math: steadyMath, WebSocket: ClosingWebSocket }
  const head = `const { setTimeout, clearTimeout, Date, Math, WebSocket } = globalThis.${key};`
  const file = join(folder, key + '.mjs')
  writeFileSync(file, head + readFileSync(FILE, 'utf8'))
  return import(pathToFileURL(file))
}

/** Waits for what happens in real time: what goes over the network. */
export async function until(condition, what = condition) {
  const end = performance.now() + 30000
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not within 30 s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

/** A moment of real time, for what must not happen. */
export const moment = () => new Promise((resolve) => setTimeout(resolve, 50))
