// The session backend of a room. UPGRADES=false keeps its guests on long polls.
const { createServer } = require('node:http')
const { Server } = require('socket.io')

const http = createServer((request, response) => response.end())
const room = new Server(http, {
  allowUpgrades: process.env.UPGRADES !== 'false',
  perMessageDeflate: true,
})

// As "websocket with permessage-deflate".
const wayOf = ({ conn: { transport } }) =>
  [transport.name, transport.socket?.extensions].filter(Boolean).join(' with ')

let people = 0
room.on('connection', (socket) => {
  const user = socket.handshake.headers['x-verified-username']
  socket.on('enter', () => room.emit('people', ++people))
  socket.on('say', ({ text, bytes }) =>
    room.emit('line', `${user} by ${wayOf(socket)}: ${text.length > 40 ? text.length : text}, ${bytes.length} bytes`))
  socket.on('disconnect', () => room.emit('people', --people))
})

http.listen(process.env.PORT, '127.0.0.1')
