/** The statuses of a backend in their order; any but the last may be left out. Later versions may add some. */
export type BackendStatus =
  | 'scheduled'
  | 'loading'
  | 'starting'
  | 'waiting'
  | 'ready'
  | 'terminating'
  | 'hard-terminating'
  | 'terminated'
  | (string & {})

export type TerminationKind = 'soft' | 'hard'

/** Why a backend ends. None for one that exits by itself. Later versions may add some. */
export type TerminationReason =
  | 'swept'
  | 'external'
  | 'keyexpired'
  | 'lost'
  | 'startuptimeout'
  | 'internalerror'
  | (string & {})

/** A status and what is known with it. */
export interface BackendState {
  status: BackendStatus
  /** ISO 8601, whatever the server sends. */
  time: string
  termination_reason?: TerminationReason | null
  termination_kind?: TerminationKind | null
  exit_error?: boolean | null
}

/** What an application's server was given by `connect`, as JSON. Only the first two are needed here. */
export interface ConnectResponse {
  url: string
  /**
   * `…/status` of a Jamsocket API, of a development server, or of a status resource of the application's own, whose
   * stream is at `…/status/stream`; or `…/pub/b/{id}/status` of Plane, whose stream is at `…/status-stream`.
   */
  status_url: string
  backend_id?: string
  spawned?: boolean
  status?: BackendStatus
  token?: string
  ready_url?: string
}

/**
 * A session backend, followed from its creation to its end. The status comes from a stream of server-sent events; one
 * that is lost is opened again, after 0.5 s and later up to 30 s. Beside it the status itself is asked, every few
 * seconds until the backend is ready and every minute then, for streams can stand still and lose states.
 */
export class SessionBackend {
  constructor(connectResponse: ConnectResponse)

  readonly url: string
  readonly statusUrl: string

  /** The last state that was told; undefined before the first. */
  readonly state: BackendState | undefined

  /**
   * Resolves once the backend is ready. Rejects when it ends before that, when its status may not be read (401, 403:
   * the error has the HTTP status as `code`), and by {@link destroy}. Nothing is reported if nobody waits for it.
   */
  readonly ready: Promise<BackendState>

  /**
   * Resolves when the backend is terminated: with its last state, or with undefined if the server has forgotten it.
   * Rejects when its status may not be read. Stays pending after {@link destroy}.
   */
  readonly terminated: Promise<BackendState | undefined>

  /** The same as {@link ready}. */
  readonly onReadyPromise: Promise<BackendState>

  /** The same as {@link terminated}. */
  readonly onTerminatedPromise: Promise<BackendState | undefined>

  /** Whether the last status is `ready`. */
  isReady(): boolean

  /** Whether the backend is over. */
  isTerminated(): boolean

  /** Asks the server. Rejects if it does not answer in 10 s, or refuses: the error has the HTTP status as `code`. */
  status(): Promise<BackendState>

  /**
   * Calls back with each status once, in order, beginning with the backend's past; a function that is added later hears
   * what comes later. What it throws is logged. Returns what takes it back.
   */
  onStatus(callback: (state: BackendState) => void): () => void

  /** Calls back once the backend is ready, or now if it is. Returns what takes it back. */
  onReady(callback: () => void): () => void

  /**
   * Opens a WebSocket once the backend is ready, and again whenever the connection is lost, or closed with 1001 or 1011
   * to 1014.
   *
   * @param path below the connection URL, with its query; none is the connection URL itself. One that leaves it by
   *   `..` ends the WebSocket as failed: behind the same proxy are backends of others.
   */
  webSocket(path?: string, protocols?: string | string[]): BackendSocket

  /** Follows it no more and closes its WebSockets. The backend runs on. Nobody is called back any more. */
  destroy(): void
}

/**
 * A WebSocket that connects again after 0.5 s, and later up to 30 s, until its end. Events: `open` at each connection,
 * the moment to send what the backend must know; `message` and `close` as a `WebSocket` has them.
 */
export interface BackendSocket extends EventTarget {
  /** What bytes come as. To be set at once. */
  binaryType: BinaryType

  /** How it ended, once. Never rejects. */
  readonly ended: Promise<SocketEnd>

  /** Sends if there is a connection. Returns false if there is none: nothing is kept for later. */
  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): boolean

  /** Closes it for good. */
  close(code?: number, reason?: string): void

  addEventListener(type: 'open', listener: (event: Event) => void, options?: AddEventListenerOptions): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void, options?: AddEventListenerOptions): void
  addEventListener(type: 'close', listener: (event: CloseEvent) => void, options?: AddEventListenerOptions): void
}

export type SocketEnd =
  /**
   * By {@link BackendSocket.close}, or by the backend with another code than 1001 and 1011 to 1014, as 1000 or 1008.
   */
  | { reason: 'closed'; code?: number; text?: string }
  /** The backend is over: ask the application to connect again. No state if the server has forgotten it. */
  | { reason: 'terminated'; state?: BackendState }
  /** The connection URL is not valid any more (410): ask the application to connect again. */
  | { reason: 'gone' }
  /** The backend does not let this user in (401, 403). */
  | { reason: 'refused'; code: number }
  /** The status may not be read, the path leaves the connection URL, or the browser did not take an argument. */
  | { reason: 'failed'; error: Error }
  /** By {@link SessionBackend.destroy}. */
  | { reason: 'destroyed' }
