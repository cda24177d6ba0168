import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { Clock, load, moment, until } from './clock.mjs'
import { start } from './server.mjs'

const T0 = Date.UTC(2024, 10, 4, 20, 42, 21, 123)
const NAMES = ['scheduled', 'loading', 'starting', 'waiting', 'ready', 'terminating', 'hard-terminating', 'terminated']

/** A state as the Jamsocket API gives it. */
const iso = (status, more = {}) => ({ status, time: new Date(T0).toISOString(), ...more })
/** A state as Plane gives it. */
const millis = (status, more = {}) => ({ status, ...more, time: T0 })

describe('the status of a backend', () => {
  let clock, server, backend, heard, SessionBackend

  beforeEach(async () => {
    clock = new Clock()
    ;({ SessionBackend } = await load(clock))
  })

  afterEach(async () => {
    backend?.destroy()
    await server?.close()
  })

  async function follow(statusPath, streamPath) {
    server = await start(statusPath, streamPath)
    server.status = iso('scheduled')
    backend = new SessionBackend(server.connectResponse)
    heard = []
    backend.onStatus((state) => heard.push(state.status))
    return server.stream(1)
  }

  const followPlane = () => follow('/pub/b/b1/status', '/pub/b/b1/status-stream')
  async function hears(...statuses) {
    await until(() => heard.length >= statuses.length, statuses)
    assert.deepEqual(heard, statuses)
  }

  async function assertPending(promise) {
    assert.equal(await Promise.race([promise, moment().then(() => 'pending')]), 'pending')
  }


  it('is told once each, in order, to the end, and then nothing is left open', async () => {
    const stream = await follow()
    stream.send(...NAMES.map((name) => iso(name)))
    await hears(...NAMES)
    await until(() => !stream.isOpen)
    assert.equal((await backend.ready).status, 'ready')
    assert.equal((await backend.terminated).status, 'terminated')
    assert.deepEqual(clock.pending, [])
    assert.deepEqual(server.requests, ['GET /v2/backend/b1/status/stream'])
  })

  it('is followed on Plane, whose stream has another address and whose times are numbers', async () => {
    const stream = await followPlane()
    stream.send(millis('ready'))
    assert.deepEqual(await backend.ready, iso('ready'))
    assert.deepEqual(backend.state, iso('ready'))
    assert.deepEqual(server.requests, ['GET /pub/b/b1/status-stream'])
  })

  it('is followed by a status resource of an application, whatever its address', async () => {
    const stream = await follow('/app/pub/documents/7/status')
    stream.send(iso('ready'))
    await backend.ready
  })

  it('keeps what the server tells of an end', async () => {
    const stream = await followPlane()
    stream.send(millis('terminated', { termination_reason: 'external', termination_kind: 'hard', exit_error: true }))
    const end = iso('terminated', { termination_reason: 'external', termination_kind: 'hard', exit_error: true })
    assert.deepEqual(await backend.terminated, end)
  })

  it('can be asked', async () => {
    await followPlane()
    server.status = millis('waiting')
    assert.deepEqual(await backend.status(), iso('waiting'))
    server.status = { code: 503, body: 'busy' }
    await assert.rejects(backend.status(), (error) => error.code === 503 && error.body === 'busy')
    assert.deepEqual(heard, [])
  })

  it('is delivered over as many streams as it takes, and once', async () => {
    const first = await follow()
    first.send(iso('scheduled'), iso('loading'))
    await hears('scheduled', 'loading')
    first.end()
    await until(() => clock.delay('open') === 500)
    clock.advance(500)
    const second = await server.stream(2)
    assert.equal(second.lastEventId, undefined)
    second.send(iso('scheduled'), iso('loading'), iso('starting'))
    await hears('scheduled', 'loading', 'starting')
  })

  it('is asked for ever more rarely while nothing new comes, and at once again after that', async () => {
    await follow()
    server.status = { code: 503 }
    server.refuseStreams = 503
    server.streams[0].end()
    const opened = () => server.count('GET /v2/backend/b1/status/stream')
    const delays = []
    while (delays.length < 8) {
      await until(() => clock.delay('open'), 'a pause')
      const before = opened()
      delays.push(clock.delay('open'))
      if (delays.length === 8) server.refuseStreams = 0
      clock.advance(clock.delay('open'))
      await until(() => opened() > before, 'another attempt')
    }
    assert.deepEqual(delays, [1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000])
    const again = await server.stream(2)
    again.send(iso('ready'))
    await hears('ready')
    again.end()
    await until(() => clock.delay('open'))
    assert.equal(clock.delay('open'), 500)
  })

  it('only moves forward', async () => {
    const stream = await follow()
    stream.send(iso('ready'), iso('waiting'), iso('ready'), iso('terminating'), iso('ready'))
    await hears('ready', 'terminating')
    await moment()
    assert.deepEqual(heard, ['ready', 'terminating'])
  })

  it('may have a name that is not known yet', async () => {
    const stream = await follow()
    stream.send(iso('loading'), iso('paused'), iso('loading'), iso('paused'), iso('starting'))
    await hears('loading', 'paused', 'starting')
  })

  it('is passed over, and said so, where it is not understood', async (test) => {
    const reported = test.mock.method(console, 'error', () => {})
    const stream = await follow()
    stream.write('data: {\n\ndata: null\n\ndata: {}\n\ndata: {"status":"loading","time":1e99}\n\n')
    stream.send(iso('starting'))
    await hears('starting')
    await until(() => reported.mock.callCount() === 3)
  })

  describe('that a stream does not tell', () => {
    it('is fetched by a new stream, with those before it', async () => {
      const first = await followPlane()
      first.send(millis('scheduled'), millis('loading'))
      await hears('scheduled', 'loading')
      server.status = millis('ready')
      clock.advance(3000)
      const second = await server.stream(2)
      await until(() => !first.isOpen)
      second.send(...NAMES.slice(0, 5).map((name) => millis(name)))
      await hears('scheduled', 'loading', 'starting', 'waiting', 'ready')
      clock.advance(2000)
      await moment()
      assert.equal(heard.length, 5)
      assert.equal(server.statusCount, 1)
    })

    it('is taken from the status where a new stream does not have it either', async () => {
      const stream = await followPlane()
      stream.send(millis('ready'))
      await hears('ready')
      server.status = millis('terminated', { exit_error: false })
      clock.advance(3000)
      await server.stream(2)
      clock.advance(2000)
      await hears('ready', 'terminated')
      assert.deepEqual(await backend.terminated, iso('terminated', { exit_error: false }))
    })

    it('is found within a minute once the backend is ready, and within seconds before', async () => {
      const stream = await follow()
      assert.equal(clock.delay('compare'), 3000)
      stream.send(iso('ready'))
      await backend.ready
      server.status = iso('ready')
      clock.advance(3000)
      await until(() => clock.delay('compare') === 60000)
      assert.equal(server.statusCount, 1)
    })

    it('is found where there is no stream at all', async () => {
      server = await start()
      server.refuseStreams = 500
      server.status = iso('ready')
      backend = new SessionBackend(server.connectResponse)
      await until(() => clock.delay('open'))
      clock.advance(3000)
      await until(() => server.statusCount === 1)
      for (let i = 0; i < 20 && !backend.isReady(); i++, await moment()) clock.advance(500)
      assert.equal((await backend.ready).status, 'ready')
    })

    it('is asked for again when the status is not to be had', async () => {
      await follow()
      for (let asked = 1; asked <= 3; asked++) {
        server.status = { code: 503, body: 'busy' }
        clock.advance(3000)
        await until(() => server.statusCount === asked && clock.delay('compare') === 3000)
      }
      assert.equal(backend.isTerminated(), false)
    })
  })

  describe('of a backend that is over', () => {
    for (const [server404, status] of [
      ["the API's", { code: 404, body: '{"error":{"code":"NotFound"}}' }],
      ["a development server's", { code: 404, body: '' }],
      ["an application's", { code: 410, body: '{"title":"gone"}', type: 'application/problem+json' }],
    ]) {
      it(`and forgotten is none: ${server404} 404`, async () => {
        const stream = await follow()
        stream.send(iso('loading'))
        await hears('loading')
        server.status = status
        clock.advance(3000)
        assert.equal(await backend.terminated, undefined)
        await assert.rejects(backend.ready, /terminated/)
        assert.equal(backend.isTerminated(), true)
        assert.deepEqual(heard, ['loading'])
        await until(() => !stream.isOpen)
        assert.deepEqual(clock.pending, [])
      })
    }

    it('and that Plane does not know is none, though the stream stays open', async () => {
      await followPlane()
      server.status = { code: 404, body: '{"id":"x","kind":"NotFound","message":"Backend does not exist"}' }
      clock.advance(3000)
      assert.equal(await backend.terminated, undefined)
    })

    for (const [name, body, path] of [
      ['a router', '404 page not found'],
      ['a web server', '<html><body>404</body></html>'],
      ['a proxy in front of Plane', '', '/pub/b/b1/status'],
    ]) {
      it(`is not believed of ${name} on the way`, async () => {
        await follow(path, path && path + '-stream')
        server.status = { code: 404, body, type: 'text/plain' }
        clock.advance(3000)
        await until(() => server.statusCount === 1 && clock.delay('compare'))
        server.status = iso('ready')
        server.streams[0].send(iso('ready'))
        await backend.ready
      })
    }

    it('before it was ready lets nobody wait', async () => {
      const stream = await follow()
      stream.send(iso('loading'), iso('terminating'))
      await assert.rejects(backend.ready, /terminating/)
      await assertPending(backend.terminated)
    })

    it('is not to be had without permission', async () => {
      for (const code of [401, 403]) {
        await follow()
        server.status = { code, body: 'no' }
        clock.advance(3000)
        await assert.rejects(backend.ready, (error) => error.code === code)
        await assert.rejects(backend.terminated, (error) => error.code === code)
        assert.equal(backend.isTerminated(), false)
        assert.deepEqual(clock.pending, [])
        await server.close()
      }
    })
  })

  describe('and its listeners', () => {
    it('each hear it, whatever another throws', async (test) => {
      const reported = test.mock.method(console, 'error', () => {})
      const stream = await follow()
      const other = []
      backend.onStatus(() => {
        throw new Error('mine')
      })
      backend.onStatus((state) => other.push(state.status))
      stream.send(iso('loading'), iso('ready'))
      await hears('loading', 'ready')
      await until(() => other.length === 2)
      await until(() => reported.mock.callCount() === 2)
      assert.equal(reported.mock.calls[0].arguments[0].message, 'mine')
    })

    it('hear no more once they are taken back', async () => {
      const stream = await follow()
      const other = []
      const leave = backend.onStatus((state) => {
        other.push(state.status)
        leave()
      })
      stream.send(iso('loading'), iso('ready'))
      await hears('loading', 'ready')
      assert.deepEqual(other, ['loading'])
    })

    it('find the backend as they are told', async () => {
      const stream = await follow()
      const found = []
      backend.onStatus(({ status }) => {
        found.push([status, backend.state.status, backend.isReady(), backend.isTerminated()])
      })
      stream.send(iso('waiting'), iso('ready'), iso('terminated'))
      await backend.terminated
      assert.deepEqual(found, [
        ['waiting', 'waiting', false, false],
        ['ready', 'ready', true, false],
        ['terminated', 'terminated', false, true],
      ])
    })

    it('are told that it is ready, before or after', async () => {
      const stream = await follow()
      const told = []
      backend.onReady(() => told.push('first'))
      const leave = backend.onReady(() => told.push('gone'))
      leave()
      stream.send(iso('ready'))
      await backend.onReadyPromise
      backend.onReady(() => told.push('second'))
      assert.deepEqual(told, ['first', 'second'])
    })
  })

  describe('after destroy', () => {
    it('is not told, and nothing is left open', async () => {
      const stream = await follow()
      backend.onStatus(() => backend.destroy())
      const later = []
      backend.onStatus((state) => later.push(state.status))
      stream.send(iso('loading'), iso('ready'))
      await until(() => !stream.isOpen)
      await moment()
      assert.deepEqual(heard, ['loading'])
      assert.deepEqual(later, [])
      assert.deepEqual(clock.pending, [])
      await assert.rejects(backend.ready, /destroyed/)
      await assertPending(backend.terminated)
    })

    it('is not told by a question that was on its way', async () => {
      await follow()
      server.status = iso('ready')
      clock.advance(3000)
      backend.destroy()
      await moment()
      clock.advance(10000)
      await moment()
      assert.deepEqual(heard, [])
      assert.equal(server.streams.length, 1)
      assert.deepEqual(clock.pending, [])
    })

    it('of a backend that was ready, ready stays', async () => {
      const stream = await follow()
      stream.send(iso('ready'))
      await backend.ready
      backend.destroy()
      backend.destroy()
      assert.equal((await backend.ready).status, 'ready')
    })
  })
})
