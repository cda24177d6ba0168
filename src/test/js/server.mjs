// A server that does what a test says: a backend's status, its stream, and a WebSocket behind its connection URL.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { until } from './clock.mjs'

const TOKEN = 'tok3n'
const WEBSOCKET_KEY = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

export async function start(statusPath = '/v2/backend/b1/status', streamPath = statusPath + '/stream') {
  const server = new Server(statusPath, streamPath)
  await new Promise((resolve) => server.http.listen(0, '127.0.0.1', resolve))
  return server
}

export class Server {
  /** What the status is answered with: a state, or { code, body, type }. */
  status = { code: 404, body: '{"error":{}}' }
  /** What a stream is refused with, if it is. */
  refuseStreams = 0
  /** What a handshake is refused with, and a plain request to the connection URL answered with, unless it is 200. */
  code = 200
  /** Whether a handshake breaks off. */
  breaks = false
  streams = []
  sockets = []
  requests = []
  handshakes = []

  constructor(statusPath, streamPath) {
    this.statusPath = statusPath
    this.streamPath = streamPath
    this.http = createServer((request, response) => this.#answer(request, response))
    this.http.on('upgrade', (request, socket) => this.#upgrade(request, socket))
  }

  get base() {
    return `http://127.0.0.1:${this.http.address().port}`
  }

  get connectResponse() {
    return {
      backend_id: 'b1',
      spawned: true,
      status: 'scheduled',
      token: TOKEN,
      url: `${this.base}/${TOKEN}/`,
      status_url: this.base + this.statusPath,
      ready_url: '',
    }
  }

  count(line) {
    return this.requests.filter((it) => it === line).length
  }

  get statusCount() {
    return this.count('GET ' + this.statusPath)
  }

  async stream(number) {
    await until(() => this.streams.length >= number, `stream ${number} is open`)
    return this.streams[number - 1]
  }

  async socket(number) {
    await until(() => this.sockets.length >= number, `WebSocket ${number} is open`)
    return this.sockets[number - 1]
  }

  close() {
    this.http.closeAllConnections()
    this.sockets.forEach((socket) => socket.destroy())
    return new Promise((resolve) => this.http.close(resolve))
  }

  #answer(request, response) {
    // Another program may look for its own server at a port that is free again: it does not say that it is Node.
    if (request.headers['user-agent']) this.requests.push(`${request.method} ${request.url}`)
    response.setHeader('access-control-allow-origin', '*')
    if (request.url === this.streamPath) this.#open(request, response)
    else if (request.url === this.statusPath) this.#tell(response)
    else response.writeHead(this.code).end()
  }

  #tell(response) {
    const { code = 200, body = JSON.stringify(this.status), type = 'application/json' } = this.status
    response.writeHead(code, { 'content-type': type }).end(body)
  }

  #open(request, response) {
    if (this.refuseStreams) return response.writeHead(this.refuseStreams).end()
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    this.streams.push(new Stream(request, response))
  }

  #upgrade(request, socket) {
    this.handshakes.push(request)
    if (this.breaks) return socket.destroy()
    if (this.code !== 200) return socket.end(`HTTP/1.1 ${this.code} No\r\ncontent-length: 0\r\n\r\n`)
    const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + WEBSOCKET_KEY).digest('base64')
    const protocol = request.headers['sec-websocket-protocol']
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n' +
        `sec-websocket-accept: ${accept}\r\n${protocol ? `sec-websocket-protocol: ${protocol}\r\n` : ''}\r\n`,
    )
    this.sockets.push(new Peer(socket))
  }
}

class Stream {
  isOpen = true

  constructor(request, response) {
    this.lastEventId = request.headers['last-event-id']
    this.response = response
    response.on('close', () => (this.isOpen = false))
  }

  send(...states) {
    for (const state of states) this.write(`data: ${JSON.stringify(state)}\nid: ${state.status}\n\n`)
  }

  write(text) {
    this.response.write(text)
  }

  end() {
    this.response.end()
  }
}

/** The server's side of a WebSocket: short messages only. */
class Peer {
  messages = []
  isOpen = true
  closed = null

  constructor(socket) {
    this.socket = socket
    let bytes = Buffer.alloc(0)
    socket.on('data', (chunk) => (bytes = this.#read(Buffer.concat([bytes, chunk]))))
    socket.on('close', () => (this.isOpen = false))
    socket.on('error', () => {})
  }

  send(text) {
    this.#write(1, Buffer.from(text))
  }

  sendBytes(bytes) {
    this.#write(2, Buffer.from(bytes))
  }

  close(code, reason = '') {
    const head = Buffer.alloc(code ? 2 : 0)
    if (code) head.writeUInt16BE(code)
    this.#write(8, Buffer.concat([head, Buffer.from(reason)]))
  }

  destroy() {
    this.socket.destroy()
  }

  #write(opcode, payload) {
    this.socket.write(Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload]))
  }

  #read(bytes) {
    while (bytes.length >= 6 && bytes.length >= 6 + (bytes[1] & 127)) {
      const length = bytes[1] & 127
      const mask = bytes.subarray(2, 6)
      const payload = Buffer.from(bytes.subarray(6, 6 + length).map((byte, i) => byte ^ mask[i % 4]))
      this.#hear(bytes[0] & 15, payload)
      bytes = bytes.subarray(6 + length)
    }
    return bytes
  }

  #hear(opcode, payload) {
    if (opcode === 1) this.messages.push(payload.toString())
    if (opcode !== 8) return
    if (!this.closed) this.#write(8, payload)
    this.closed = payload.length >= 2 ? payload.readUInt16BE() : 1005
    this.socket.end()
  }
}
