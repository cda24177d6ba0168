import { createContext, useContext, useEffect, useMemo } from 'react'
import { io } from 'socket.io-client'
import { useReady } from '@jamsocket/react'

export * from '@jamsocket/react'

const Connection = createContext(undefined)

/** Connects to the socket.io server of the backend once that is ready. What is sent before is sent then. */
export function SocketIOProvider({ url, children }) {
  const ready = useReady()
  const socket = useMemo(() => {
    const { origin, pathname } = new URL(url)
    // A path in the address of a socket.io client is a namespace: the server's is an option.
    return io(origin, { path: pathname.replace(/\/$/, '') + '/socket.io/', autoConnect: false })
  }, [url])
  useEffect(() => {
    if (!ready) return
    socket.connect()
    return () => socket.disconnect()
  }, [socket, ready])
  return <Connection value={socket}>{children}</Connection>
}

/** Sends an event. */
export function useSend() {
  const socket = useContext(Connection)
  return (event, message) => socket.emit(event, message)
}

/** Calls back with each such event. */
export function useEventListener(event, callback) {
  const socket = useContext(Connection)
  useEffect(() => {
    socket.on(event, callback)
    return () => socket.off(event, callback)
  }, [socket, event, callback])
}
