import { SessionBackend } from './backends/session-backend.js'

// The board has a size of its own, of which every window shows all.
const WIDTH = 1600
const HEIGHT = 1000
const COLOURS = ['#23262f', '#d5453b', '#e08a1e', '#2f9e5b', '#3b6fe0', '#8a4fd0']
const WIDTHS = [4, 10, 22]

const at = (id) => document.getElementById(id)
const canvas = at('board')
const pen = canvas.getContext('2d')
const board = decodeURIComponent(location.hash.slice(1)) || 'lobby'

const strokes = new Map()
const people = new Map()
let colour = COLOURS[0]
let width = WIDTHS[0]
let me = localStorage.getItem('name')
let socket, myId
let scale = 1
let left = 0
let top_ = 0

// --- drawing

function fit() {
  const ratio = devicePixelRatio
  canvas.width = innerWidth * ratio
  canvas.height = innerHeight * ratio
  scale = Math.min(innerWidth / WIDTH, innerHeight / HEIGHT)
  left = (innerWidth - WIDTH * scale) / 2
  top_ = (innerHeight - HEIGHT * scale) / 2
  pen.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * left, ratio * top_)
  redraw()
}

function redraw() {
  pen.clearRect(-left / scale, -top_ / scale, innerWidth / scale, innerHeight / scale)
  for (const stroke of strokes.values()) draw(stroke)
}

function draw({ colour, width, points }, from = 0) {
  pen.strokeStyle = pen.fillStyle = colour
  pen.lineWidth = width
  pen.lineCap = pen.lineJoin = 'round'
  pen.beginPath()
  if (points.length === 1) {
    pen.arc(...points[0], width / 2, 0, 7)
    pen.fill()
    return
  }
  // Through the middles between points, so that it is smooth.
  const first = Math.max(0, from - 2)
  pen.moveTo(...(first ? middle(points[first - 1], points[first]) : points[0]))
  for (let i = first; i < points.length - 1; i++) pen.quadraticCurveTo(...points[i], ...middle(points[i], points[i + 1]))
  pen.lineTo(...points.at(-1))
  pen.stroke()
}

const middle = ([a, b], [c, d]) => [(a + c) / 2, (b + d) / 2]
const place = ({ clientX, clientY }) => [round((clientX - left) / scale), round((clientY - top_) / scale)]
const round = (number) => Math.round(number * 10) / 10

let drawing
canvas.addEventListener('pointerdown', (event) => {
  if (event.button) return
  canvas.setPointerCapture(event.pointerId)
  drawing = { type: 'stroke', id: crypto.randomUUID?.() ?? String(Math.random()), colour, width, points: [place(event)] }
  strokes.set(drawing.id, drawing)
  draw(drawing)
  send(drawing)
})

canvas.addEventListener('pointermove', (event) => {
  if (drawing) {
    const from = drawing.points.length
    // A stroke of all too many points goes on as another.
    for (const each of event.getCoalescedEvents?.() ?? [event]) drawing.points.push(place(each))
    draw(drawing, from)
  }
  soon()
  cursor = place(event)
})

for (const type of ['pointerup', 'pointercancel']) {
  canvas.addEventListener(type, () => {
    if (drawing) send(drawing)
    drawing = undefined
  })
}

// Cursor and stroke go out 20 times a second.
let cursor, timer
function soon() {
  timer ??= setTimeout(() => {
    timer = undefined
    send({ type: 'cursor', at: cursor })
    if (!drawing) return
    send(drawing)
    if (drawing.points.length > 1500) {
      drawing = { ...drawing, id: drawing.id + '+', points: drawing.points.slice(-1) }
      strokes.set(drawing.id, drawing)
    }
  }, 50)
}

const send = (message) => socket?.send(JSON.stringify(message))

// --- the others

const hue = (id) => `hsl(${[...id].reduce((sum, each) => (sum * 31 + each.charCodeAt()) % 360, 7)} 60% 45%)`

function show() {
  const all = [...people.values()]
  if (myId) all.unshift({ id: myId, name: me + ' (you)' })
  at('people').replaceChildren(
    ...all.map(({ id, name }) => {
      const item = document.createElement('li')
      item.textContent = [...name][0]?.toUpperCase() ?? '?'
      item.title = name
      item.style.setProperty('--colour', hue(id))
      return item
    }),
  )
}

function move({ from, at: point }) {
  const person = people.get(from)
  if (!person || !point) return
  if (!person.cursor) {
    person.cursor = document.createElement('div')
    person.cursor.textContent = person.name
    person.cursor.style.setProperty('--colour', hue(from))
    at('cursors').append(person.cursor)
  }
  person.cursor.style.transform = `translate(${left + point[0] * scale}px, ${top_ + point[1] * scale}px)`
}

function leave(id) {
  people.get(id)?.cursor?.remove()
  people.delete(id)
}

const hear = {
  welcome({ id, people: others, strokes: theirs }) {
    myId = id
    for (const each of [...people.keys()]) leave(each)
    for (const each of others) people.set(each.id, each)
    // A new process knows nothing: whoever was here before brings the drawing along.
    const known = new Set(theirs.map((stroke) => stroke.id))
    for (const stroke of strokes.values()) if (!known.has(stroke.id)) send(stroke)
    for (const stroke of theirs) strokes.set(stroke.id, stroke)
    redraw()
  },
  person: (person) => people.set(person.id, person),
  left: ({ id }) => leave(id),
  stroke(stroke) {
    strokes.set(stroke.id, stroke)
    draw(stroke)
  },
  clear() {
    strokes.clear()
    redraw()
  },
  cursor: move,
}

// --- the backend

function tell(status) {
  at('status').textContent = status
  at('status').dataset.status = status
}

// Connects, and again when the backend is over, which may be the end of a process, of its time, or of an idle hour.
async function open() {
  for (let delay = 500; ; delay = Math.min(10000, delay * 2)) {
    try {
      const where = `boards/${encodeURIComponent(board)}/connection?name=${encodeURIComponent(me)}`
      const answer = await fetch(where, { method: 'POST' })
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
      const backend = new SessionBackend(await answer.json())
      backend.onStatus(({ status }) => tell(status))
      socket = backend.webSocket('board')
      socket.addEventListener('message', ({ data }) => {
        delay = 500
        const message = JSON.parse(data)
        hear[message.type]?.(message)
        if (/welcome|person|left/.test(message.type)) show()
      })
      socket.addEventListener('close', () => tell('connecting'))
      socket.addEventListener('open', () => tell('ready'))
      const { reason } = await socket.ended
      console.info('The board has ended:', reason)
      backend.destroy()
    } catch (error) {
      console.warn(error)
      tell('offline')
    }
    await new Promise((wake) => setTimeout(wake, delay))
  }
}

// --- the page

function choose(container, values, look, pick) {
  values.forEach((value, i) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.role = 'radio'
    button.setAttribute('aria-checked', i === 0)
    button.setAttribute('aria-label', value)
    const mark = document.createElement('i')
    look(mark.style, value)
    button.append(mark)
    button.onclick = () => {
      pick(value)
      for (const each of container.children) each.setAttribute('aria-checked', each === button)
    }
    container.append(button)
  })
}

choose(at('colours'), COLOURS, (style, value) => style.setProperty('--colour', value), (value) => (colour = value))
choose(at('widths'), WIDTHS, (style, value) => style.setProperty('--size', value / 1.3 + 3 + 'px'), (value) => (width = value))
at('clear').onclick = () => {
  hear.clear()
  send({ type: 'clear' })
}
at('name').value = board
at('where').onsubmit = (event) => {
  event.preventDefault()
  location.hash = encodeURIComponent(at('name').value.trim() || 'lobby')
}
at('name').onchange = () => at('where').requestSubmit()
addEventListener('hashchange', () => location.reload())
addEventListener('resize', fit)
document.title = board + ' – whiteboard'
fit()

if (me) open()
else {
  at('welcome').showModal()
  at('welcome').oncancel = (event) => event.preventDefault()
  at('welcome').onclose = () => {
    me = at('me').value.trim() || 'somebody'
    localStorage.setItem('name', me)
    open()
  }
}
