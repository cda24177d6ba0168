import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { Clock, load, moment, until } from './clock.mjs'
import { start } from './server.mjs'

const state = (status) => ({ status, time: '2024-11-04T20:42:21.123Z' })

describe('a WebSocket to a backend', () => {
  let clock, server, backend, socket, events

  beforeEach(async () => {
    clock = new Clock()
    server = await start()
    server.status = state('scheduled')
    const { SessionBackend } = await load(clock)
    backend = new SessionBackend(server.connectResponse)
  })

  afterEach(async () => {
    backend.destroy()
    await server.close()
  })

  function open(...args) {
    socket = backend.webSocket(...args)
    events = []
    for (const type of ['open', 'message', 'close']) {
      socket.addEventListener(type, ({ data, code }) => events.push([type, data ?? code].join(' ').trim()))
    }
  }

  async function tell(...statuses) {
    const stream = await server.stream(1)
    stream.send(...statuses.map(state))
    await until(() => backend.state?.status === statuses.at(-1))
  }

  async function connected(...args) {
    await tell('ready')
    open(...args)
    const peer = await server.socket(1)
    await until(() => events.includes('open'))
    return peer
  }

  /** Waits for the pause before the next attempt, and lets it pass. */
  async function pause() {
    await until(() => clock.delay('open') !== undefined, 'a pause')
    const delay = clock.delay('open')
    clock.advance(delay)
    return delay
  }

  const isPending = async () => {
    const end = await Promise.race([socket.ended, moment()])
    assert.equal(end, undefined)
  }

  it('is opened once the backend is ready, below its connection URL', async () => {
    open('rooms/1?color=red')
    await tell('waiting')
    await moment()
    assert.equal(server.handshakes.length, 0)
    await tell('ready')
    await server.socket(1)
    assert.equal(server.handshakes[0].url, '/tok3n/rooms/1?color=red')
  })

  it('takes a path with a slash before it for the same', async () => {
    await connected('/rooms/1')
    assert.equal(server.handshakes[0].url, '/tok3n/rooms/1')
  })

  for (const path of ['../t0ken/ws', 'rooms/../../t0ken', '%2e%2E/ws', '..\\t0ken', '.\t./t0ken', '..', '/..//tok3n']) {
    it(`never leaves the connection URL, for behind it are backends of others: ${JSON.stringify(path)}`, async () => {
      await tell('ready')
      open(path)
      const { reason, error } = await socket.ended
      assert.equal(reason, 'failed')
      assert.match(error.message, /The backend is not at http/)
      assert.equal(server.handshakes.length, 0)
      assert.deepEqual(server.requests.filter((it) => it.startsWith('HEAD')), [])
    })
  }

  for (const [path, inside] of [
    ['//t0ken/ws', '/tok3n//t0ken/ws'],
    ['room:1', '/tok3n/room:1'],
    ['rooms/../ws?at=../x', '/tok3n/ws?at=../x'],
    ['http://elsewhere/ws', '/tok3n/http://elsewhere/ws'],
  ]) {
    it(`is below the connection URL, whatever its path looks like: ${path}`, async () => {
      await connected(path)
      assert.equal(server.handshakes[0].url, inside)
    })
  }

  it('is at the connection URL itself where no path is given', async () => {
    await connected()
    assert.equal(server.handshakes[0].url, '/tok3n/')
  })

  it('carries messages both ways', async () => {
    const peer = await connected()
    assert.equal(socket.send('to the backend'), true)
    await until(() => peer.messages.length)
    assert.deepEqual(peer.messages, ['to the backend'])
    peer.send('to the page')
    await until(() => events.length === 2)
    assert.deepEqual(events, ['open', 'message to the page'])
  })

  it('says when a message was not sent', async () => {
    open()
    assert.equal(socket.send('too early'), false)
    await tell('ready')
    const peer = await server.socket(1)
    await until(() => events.length)
    peer.destroy()
    await until(() => events.length === 2)
    assert.equal(socket.send('too late'), false)
    assert.deepEqual(peer.messages, [])
  })

  it('has bytes as the page wants them, and the protocol that it offers', async () => {
    await tell('ready')
    open('', ['draw.1'])
    socket.binaryType = 'arraybuffer'
    const peer = await server.socket(1)
    let data
    socket.addEventListener('message', (event) => (data = event.data))
    peer.sendBytes([1, 2])
    await until(() => data)
    assert.deepEqual(new Uint8Array(data), new Uint8Array([1, 2]))
    assert.equal(server.handshakes[0].headers['sec-websocket-protocol'], 'draw.1')
  })

  it('connects again when the connection is lost', async () => {
    const peer = await connected()
    peer.destroy()
    await pause()
    const again = await server.socket(2)
    await until(() => events.length === 3)
    assert.deepEqual(events, ['open', 'close 1006', 'open'])
    again.send('there')
    await until(() => events.at(-1) === 'message there')
    assert.deepEqual(server.requests.filter((it) => it.startsWith('HEAD')), [])
  })

  for (const code of [1001, 1011, 1012, 1013, 1014]) {
    it(`connects again when the server goes away or fails: ${code}`, async () => {
      const peer = await connected()
      peer.close(code)
      await pause()
      await server.socket(2)
      assert.equal(events[1], `close ${code}`)
    })
  }

  for (const code of [1000, 1008, 4001]) {
    it(`ends where the backend ends it: ${code}`, async () => {
      const peer = await connected()
      peer.close(code, 'enough')
      assert.deepEqual(await socket.ended, { reason: 'closed', code, text: 'enough' })
      await moment()
      assert.deepEqual(events, ['open', `close ${code}`])
      assert.equal(clock.delay('open'), undefined)
      assert.equal(server.handshakes.length, 1)
    })
  }

  it('waits longer after each failure', async () => {
    server.breaks = true
    await tell('ready')
    open()
    const delays = []
    while (delays.length < 8) delays.push(await pause())
    assert.deepEqual(delays, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000])
  })

  it('waits briefly again only after a connection that lasted', async () => {
    let peer = await connected()
    peer.destroy()
    assert.equal(await pause(), 500)
    peer = await server.socket(2)
    await until(() => events.length === 3)
    peer.destroy()
    assert.equal(await pause(), 1000)
    peer = await server.socket(3)
    await until(() => events.length === 5)
    clock.advance(5001)
    peer.destroy()
    assert.equal(await pause(), 500)
  })

  it('ends as gone where the connection URL is not valid any more: connect again', async () => {
    const peer = await connected()
    server.code = 410
    peer.destroy()
    await pause()
    assert.deepEqual(await socket.ended, { reason: 'gone' })
    assert.deepEqual(server.requests.filter((it) => it.startsWith('HEAD')), ['HEAD /tok3n/'])
    assert.equal(clock.delay('open'), undefined)
  })

  for (const code of [401, 403]) {
    it(`ends as refused where the backend refuses it: ${code}`, async () => {
      server.code = code
      await tell('ready')
      open()
      assert.deepEqual(await socket.ended, { reason: 'refused', code })
    })
  }

  for (const code of [404, 426, 500, 502, 503]) {
    it(`connects again after any other failure: ${code}`, async () => {
      server.code = code
      await tell('ready')
      open()
      await until(() => clock.delay('open'))
      server.code = 200
      await pause()
      await server.socket(1)
    })
  }

  it('ends with the backend', async () => {
    const peer = await connected()
    await tell('terminating')
    await isPending()
    await tell('terminated')
    assert.deepEqual(await socket.ended, { reason: 'terminated', state: state('terminated') })
    await until(() => !peer.isOpen)
    assert.equal(clock.delay('open'), undefined)
  })

  it('connects no more to a backend that is ending', async () => {
    const peer = await connected()
    await tell('terminating')
    peer.destroy()
    await pause()
    await isPending()
    assert.equal(server.handshakes.length, 1)
    await tell('terminated')
    assert.equal((await socket.ended).reason, 'terminated')
  })

  it('ends with a backend that was never ready', async () => {
    open()
    await tell('terminating')
    await isPending()
    await tell('terminated')
    assert.equal((await socket.ended).reason, 'terminated')
    open()
    assert.equal((await socket.ended).reason, 'terminated')
    assert.equal(server.handshakes.length, 0)
  })

  it('ends with the reason where the backend may not be watched', async () => {
    open()
    server.status = { code: 403, body: '' }
    await server.stream(1)
    clock.advance(3000)
    const { reason, error } = await socket.ended
    assert.deepEqual([reason, error.code], ['failed', 403])
  })

  it('is closed by the page', async () => {
    const peer = await connected()
    socket.close(4002, 'leaving')
    assert.deepEqual(await socket.ended, { reason: 'closed' })
    await until(() => peer.closed)
    assert.equal(peer.closed, 4002)
    await until(() => events.length === 2)
    assert.deepEqual(events, ['open', 'close 4002'])
    assert.equal(clock.delay('open'), undefined)
  })

  it('is closed by the page before it was open', async () => {
    open()
    socket.close()
    assert.deepEqual(await socket.ended, { reason: 'closed' })
    await tell('ready')
    await moment()
    assert.equal(server.handshakes.length, 0)
  })

  it('is closed by the page while it waits to connect again', async () => {
    const peer = await connected()
    peer.destroy()
    await until(() => clock.delay('open'))
    socket.close()
    await pause()
    await moment()
    assert.equal(server.handshakes.length, 1)
  })

  it('ends when the backend is no longer followed', async () => {
    const peer = await connected()
    backend.destroy()
    assert.deepEqual(await socket.ended, { reason: 'destroyed' })
    await until(() => !peer.isOpen)
  })

  it('ends with what the browser says of wrong arguments', async () => {
    await tell('ready')
    open('', ['twice', 'twice'])
    const { reason, error } = await socket.ended
    assert.deepEqual([reason, error.name], ['failed', 'SyntaxError'])
  })

  it('is one of several', async () => {
    await connected()
    const other = backend.webSocket('other')
    await server.socket(2)
    other.close()
    await other.ended
    assert.equal(socket.send('still there'), true)
  })
})
