import { SessionBackend } from './backends/session-backend.js'

// What a window shows of an empty board at least; the board itself has no end.
const WIDTH = 1600
const HEIGHT = 1000
const INK = '#23262f'
const COLOURS = {
  [INK]: 'ink',
  '#e03e36': 'red',
  '#f08c00': 'orange',
  '#2f9e44': 'green',
  '#3b6fe0': 'blue',
  '#8a4fd0': 'violet',
}
const WIDTHS = { 4: 'fine', 10: 'medium', 22: 'broad' }

const at = (id) => document.getElementById(id)
const canvas = at('board')
const pen = canvas.getContext('2d')
const board = decodeURIComponent(location.hash.slice(1)) || 'lobby'
const here = `boards/${encodeURIComponent(board)}/`

const strokes = new Map()
const people = new Map()
const mine = []
const view = { scale: 1, x: 0, y: 0 }
let ink = INK
let colour = INK
let width = 4
let me = localStorage.getItem('name')
let socket, myId

// --- drawing

function fit() {
  canvas.width = innerWidth * devicePixelRatio
  canvas.height = innerHeight * devicePixelRatio
  redraw()
}

function redraw() {
  const { scale, x, y } = view
  pen.setTransform(1, 0, 0, 1, 0, 0)
  pen.clearRect(0, 0, canvas.width, canvas.height)
  pen.setTransform(devicePixelRatio * scale, 0, 0, devicePixelRatio * scale, devicePixelRatio * x, devicePixelRatio * y)
  for (const stroke of strokes.values()) draw(stroke)
  document.documentElement.style.cssText = `--grid: ${grid(scale)}px; --x: ${x}px; --y: ${y}px`
  for (const person of people.values()) point(person)
  at('hint').hidden = strokes.size > 0
}

// The dots of the paper keep a distance that can be seen.
const grid = (scale) => 30 * scale * 2 ** Math.round(-Math.log2(scale))

function draw({ colour, width, points }, from = 0) {
  pen.strokeStyle = pen.fillStyle = colour === INK ? ink : colour
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
  for (let i = first; i < points.length - 1; i++)
    pen.quadraticCurveTo(...points[i], ...middle(points[i], points[i + 1]))
  pen.lineTo(...points.at(-1))
  pen.stroke()
}

// Shows all that is drawn, or of an empty board what others begin with.
function showAll() {
  const points = [...strokes.values()].flatMap((stroke) => stroke.points)
  const [xs, ys] = [0, 1].map((i) => points.map((point) => point[i]))
  const span = (all, size) =>
    all.length
      ? [all.reduce((a, b) => Math.min(a, b)) - 60, all.reduce((a, b) => Math.max(a, b)) + 60]
      : [0, size]
  const [left, right] = span(xs, WIDTH)
  const [top, bottom] = span(ys, HEIGHT)
  const most = Math.min(innerWidth / (right - left), (innerHeight - 140) / (bottom - top))
  view.scale = points.length ? Math.min(1.2, most) : Math.max(0.6, innerWidth / WIDTH, innerHeight / HEIGHT)
  view.x = (innerWidth - (left + right) * view.scale) / 2
  view.y = (innerHeight - (top + bottom) * view.scale) / 2
  redraw()
}

function zoom(factor, x, y) {
  const scale = Math.min(4, Math.max(0.1, view.scale * factor))
  view.x = x - ((x - view.x) * scale) / view.scale
  view.y = y - ((y - view.y) * scale) / view.scale
  view.scale = scale
}

const middle = ([a, b], [c, d]) => [(a + c) / 2, (b + d) / 2]
const round = (number) => Math.round(number * 10) / 10
const place = ({ clientX, clientY }) => [round((clientX - view.x) / view.scale), round((clientY - view.y) / view.scale)]

// One finger draws; two move the paper, and make it larger or smaller.
const fingers = new Map()
let drawing

canvas.addEventListener('pointerdown', (event) => {
  if (event.button) return
  canvas.setPointerCapture(event.pointerId)
  fingers.set(event.pointerId, event)
  if (fingers.size > 1) return undo(drawing)
  const id = crypto.randomUUID?.() ?? String(Math.random())
  drawing = { type: 'stroke', id, colour, width, points: [place(event)] }
  strokes.set(drawing.id, drawing)
  at('hint').hidden = true
  mine.push(drawing.id)
  draw(drawing)
  send(drawing)
})

canvas.addEventListener('pointermove', (event) => {
  if (fingers.size > 1) return pinch(event)
  if (drawing) {
    const from = drawing.points.length
    for (const each of event.getCoalescedEvents?.() ?? [event]) drawing.points.push(place(each))
    draw(drawing, from)
  }
  cursor = place(event)
  soon()
})

for (const type of ['pointerup', 'pointercancel']) {
  canvas.addEventListener(type, ({ pointerId }) => {
    fingers.delete(pointerId)
    if (drawing) send(drawing)
    drawing = undefined
    redraw() // what was drawn in parts is smooth as a whole
  })
}

function pinch(event) {
  const two = () => [...fingers.values()].slice(0, 2)
  const distance = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)
  const centre = ([a, b]) => middle([a.clientX, a.clientY], [b.clientX, b.clientY])
  const before = two()
  fingers.set(event.pointerId, event)
  const [x, y] = centre(two())
  view.x += x - centre(before)[0]
  view.y += y - centre(before)[1]
  zoom(distance(two()) / (distance(before) || 1), x, y)
  redraw()
}

canvas.addEventListener(
  'wheel',
  (event) => {
    event.preventDefault()
    if (event.ctrlKey) zoom(Math.exp(-event.deltaY / 200), event.clientX, event.clientY)
    else {
      view.x -= event.deltaX
      view.y -= event.deltaY
    }
    redraw()
  },
  { passive: false },
)

function undo(stroke = strokes.get(mine.findLast((id) => strokes.has(id)))) {
  drawing = undefined
  if (!stroke) return
  strokes.delete(stroke.id)
  send({ type: 'erase', id: stroke.id })
  redraw()
}

// Cursor and stroke go out 20 times a second.
let cursor, timer
function soon() {
  timer ??= setTimeout(() => {
    timer = undefined
    send({ type: 'cursor', at: cursor })
    if (!drawing) return
    send(drawing)
    // A stroke of all too many points goes on as another.
    if (drawing.points.length > 1500) {
      drawing = { ...drawing, id: drawing.id + '+', points: drawing.points.slice(-1) }
      strokes.set(drawing.id, drawing)
      mine.push(drawing.id)
    }
  }, 50)
}

const send = (message) => socket?.send(JSON.stringify(message))

// --- the others

const hue = (name) => `hsl(${[...name].reduce((sum, each) => (sum * 31 + each.codePointAt()) % 360, 211)} 62% 46%)`

function show() {
  const all = [...people.values()].sort((a, b) => a.name.localeCompare(b.name))
  if (myId) all.unshift({ id: myId, name: me, isMe: true })
  at('people').replaceChildren(
    ...all.map(({ name, isMe }) => {
      const item = document.createElement('li')
      item.textContent = [...name][0]?.toUpperCase() ?? '?'
      item.title = isMe ? name + ' (you)' : name
      item.style.setProperty('--colour', hue(name))
      return item
    }),
  )
}

function point({ name, at: where, cursor }) {
  if (cursor)
    cursor.style.transform = `translate(${view.x + where[0] * view.scale}px, ${view.y + where[1] * view.scale}px)`
}

function move({ from, at: where }) {
  const person = people.get(from)
  if (!person || !where) return
  if (!person.cursor) {
    person.cursor = document.createElement('div')
    person.cursor.innerHTML = '<svg viewBox="0 0 20 20"><path d="M2 2l5.5 15 2.6-6.400L16.5 8z"/></svg><span></span>'
    person.cursor.lastChild.textContent = person.name
    person.cursor.style.setProperty('--colour', hue(person.name))
    at('cursors').append(person.cursor)
  }
  person.at = where
  point(person)
}

function leave(id) {
  people.get(id)?.cursor?.remove()
  people.delete(id)
}

let tidying
const hear = {
  welcome({ id, people: others, strokes: theirs }) {
    const isFirst = !myId
    myId = id
    for (const each of [...people.keys()]) leave(each)
    for (const each of others) people.set(each.id, each)
    // A new process knows nothing: whoever was here before brings the drawing along.
    const known = new Set(theirs.map((stroke) => stroke.id))
    for (const stroke of strokes.values()) if (!known.has(stroke.id)) send(stroke)
    for (const stroke of theirs) strokes.set(stroke.id, stroke)
    if (isFirst) showAll()
    else redraw()
  },
  person: (person) => people.set(person.id, person),
  left: ({ id }) => leave(id),
  stroke(stroke) {
    strokes.set(stroke.id, stroke)
    at('hint').hidden = true
    draw(stroke)
    clearTimeout(tidying)
    tidying = setTimeout(redraw, 150) // what came in parts is smooth as a whole
  },
  erase({ id }) {
    strokes.delete(id)
    redraw()
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

let silence
function say(news) {
  at('news').textContent = news
  at('news').classList.add('shown')
  clearTimeout(silence)
  silence = setTimeout(() => at('news').classList.remove('shown'), 5000)
}

// What the application has been told of the board's processes. It may hear later than this page: asked again
// while shown.
async function showChronicle() {
  const answer = await fetch(here + 'chronicle', { cache: 'no-store' })
  const entries = answer.ok ? await answer.json() : []
  at('chronicle').replaceChildren(
    ...entries.map(({ time, text }) => {
      const when = document.createElement('time')
      when.dateTime = time
      when.textContent = new Date(time).toLocaleTimeString([], {
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
      })
      const item = document.createElement('li')
      item.append(when, ' ', text)
      return item
    }),
  )
  at('chronicle').scrollTop = at('chronicle').scrollHeight
}

let asking
at('backend').ontoggle = () => {
  clearInterval(asking)
  if (!at('backend').open) return
  const ask = () => showChronicle().catch(console.warn)
  asking = setInterval(ask, 2000)
  ask()
}

// Connects, and again when the backend is over, which may be the end of a process, of its time, or of an idle hour.
async function open() {
  let last
  for (let delay = 500; ; delay = Math.min(10000, delay * 2)) {
    try {
      const answer = await fetch(`${here}connection?name=${encodeURIComponent(me)}`, { method: 'POST' })
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
      const connection = await answer.json()
      const backend = new SessionBackend(connection)
      backend.onStatus(({ status }) => tell(status))
      socket = backend.webSocket('board')
      socket.addEventListener('message', ({ data }) => {
        delay = 500
        const message = JSON.parse(data)
        hear[message.type]?.(message)
        if (/welcome|person|left/.test(message.type)) show()
        if (message.type === 'welcome' && last && last !== connection.backend_id)
          say('The board goes on in a new process.')
        if (message.type === 'welcome') last = document.documentElement.dataset.backend = connection.backend_id
      })
      socket.addEventListener('close', () => tell('connecting'))
      socket.addEventListener('open', () => tell('ready'))
      const { reason } = await socket.ended
      console.info('The board has ended:', reason)
      say('The board’s process has ended.')
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
  Object.entries(values).forEach(([value, name], i) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.role = 'radio'
    button.title = name
    button.setAttribute('aria-checked', i === 0)
    button.setAttribute('aria-label', name)
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

const shade = (value) => (value === INK ? 'var(--ink)' : value)
choose(
  at('colours'),
  COLOURS,
  (style, value) => style.setProperty('--colour', shade(value)),
  (value) => (colour = value),
)
choose(
  at('widths'),
  WIDTHS,
  (style, value) => style.setProperty('--size', value / 1.5 + 3 + 'px'),
  (value) => (width = +value),
)

at('undo').onclick = () => undo()
at('all').onclick = showAll
at('export').href = here + 'drawing.svg'
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
addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 'z' && event.target === document.body) undo()
})

const isDark = matchMedia('(prefers-color-scheme: dark)')
function colourInk() {
  ink = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()
  redraw()
}
isDark.onchange = colourInk
document.title = board + ' – whiteboard'
colourInk()
showAll()
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
