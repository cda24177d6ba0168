import { createContext, useContext, useEffect, useState } from 'react'
import { SessionBackend } from '@jamsocket/client'

const IsReady = createContext(false)

/** Follows the backend of a connect response. */
export function SessionBackendProvider({ connectResponse, children }) {
  const [isReady, setIsReady] = useState(false)
  useEffect(() => {
    const backend = new SessionBackend(connectResponse)
    backend.onStatus(() => setIsReady(backend.isReady()))
    return () => backend.destroy()
  }, [connectResponse])
  return <IsReady value={isReady}>{children}</IsReady>
}

/** Whether the backend is ready. */
export const useReady = () => useContext(IsReady)
