// Against the project's development server, whose address is in JAMSOCKET_DEV_SERVER, directly and by way of an
// application with a status resource, whose address is in JAMSOCKET_APPLICATION.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FILE } from './clock.mjs'

const base = process.env.JAMSOCKET_DEV_SERVER
const { SessionBackend } = await import(FILE)

async function post(path, body, server = base) {
  const answer = await fetch(server + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  assert.equal(answer.status, 200)
  return answer.json()
}

const servers = {
  'a Jamsocket API': {
    connect: () => post('/v2/service/acct/svc/connect', {}),
    terminate: (id) => post(`/v2/backend/${id}/terminate`, { hard: true }),
  },
  Plane: {
    connect: () => post('/ctrl/connect', { spawn_config: { executable: { image: 'example/room:1' } } }),
    terminate: (id) => post(`/ctrl/b/${id}/hard-terminate`, {}),
  },
  'the status resource of an application': {
    connect: () => post('/rooms', {}, process.env.JAMSOCKET_APPLICATION),
    terminate: (id) => post(`/v2/backend/${id}/terminate`, { hard: true }),
  },
}

const missing = ['JAMSOCKET_DEV_SERVER', 'JAMSOCKET_APPLICATION'].filter((name) => !process.env[name])

describe('the development server', { skip: missing.length ? missing.join(', ') + ' not set' : false }, () => {
  for (const [name, { connect, terminate }] of Object.entries(servers)) {
    it(`is followed as ${name} from the beginning to the end`, async () => {
      const connectResponse = await connect()
      const backend = new SessionBackend(connectResponse)
      const states = []
      backend.onStatus((state) => states.push(state))

      assert.equal((await backend.ready).status, 'ready')
      assert.equal((await fetch(backend.url)).status, 200)
      await terminate(connectResponse.backend_id)
      const end = await backend.terminated

      assert.equal(end.termination_kind, 'hard')
      const names = ['scheduled', 'loading', 'starting', 'waiting', 'ready', 'hard-terminating', 'terminated']
      assert.deepEqual(states.map(({ status }) => status), names)
      for (const { time } of states) assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    })
  }

  for (const name of ['Plane', 'the status resource of an application']) {
    it(`ends the watch of a backend that it does not know, as ${name}`, async () => {
      const { url, status_url: statusUrl } = await servers[name].connect()
      const backend = new SessionBackend({ url, status_url: statusUrl.replace(/[^/]+\/status$/, 'nobody/status') })
      assert.equal(await backend.terminated, undefined)
    })
  }
})
