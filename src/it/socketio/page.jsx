// A room for those who know its name, #name: it has what the documentation of the JavaScript client shows, and not
// more.
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { SessionBackendProvider, SocketIOProvider, useEventListener, useReady, useSend } from '@jamsocket/socketio'

function Root({ connectResponse }) {
  return (
    <SessionBackendProvider connectResponse={connectResponse}>
      <SocketIOProvider url={connectResponse.url}>
        <Room />
      </SocketIOProvider>
    </SessionBackendProvider>
  )
}

function Room() {
  const ready = useReady()
  const sendEvent = useSend()
  const [people, setPeople] = useState(0)
  const [lines, setLines] = useState([])

  useEffect(() => {
    if (ready) {
      sendEvent('enter', 'somebody')
    }
  }, [ready])

  useEventListener('people', (count) => setPeople(count))
  useEventListener('line', (line) => setLines((before) => [...before, line]))

  const say = (event) => {
    event.preventDefault()
    const text = event.target.elements.text.value
    sendEvent('say', { text, bytes: new TextEncoder().encode(text) })
    event.target.reset()
  }

  return (
    <form onSubmit={say}>
      <p id="ready">{ready ? 'ready' : 'not ready'}</p>
      <p id="people">{people}</p>
      <input name="text" />
      <ol>
        {lines.map((line, i) => <li key={i}>{line}</li>)}
      </ol>
    </form>
  )
}

const answer = await fetch('rooms?key=' + location.hash.slice(1), { method: 'POST' })
createRoot(document.getElementById('root')).render(<Root connectResponse={await answer.json()} />)
