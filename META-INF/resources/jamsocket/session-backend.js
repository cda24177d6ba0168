// A page's session backend: session-backend.d.ts.

const ORDER = 'scheduled loading starting waiting ready terminating hard-terminating terminated'.split(' ')

const jitter = (millis) => millis * (1 - Math.random() / 2)
const backoff = (attempt) => jitter(Math.min(3e4, 500 * 2 ** attempt))
const ask = (url, method) => fetch(url, { method, cache: 'no-store', signal: AbortSignal.timeout(1e4) })
const notSo = (what) => new Error('The backend is ' + what)

// Logs what is thrown.
const safely = (task) => new Promise(task).catch(console.error)

function defer() {
	const it = {}
	it.promise = new Promise((...settle) => ([it.resolve, it.reject] = settle))
	it.promise.catch(() => {}) // a page need not ask
	return it
}

function parse(json) {
	const state = JSON.parse(json)
	if (state.time > 0) state.time = new Date(state.time).toISOString() // Plane: ms
	return state
}

// Tells each status once and the end. Returns its stop.
function follow(backend, tell, end) {
	const url = backend.statusUrl
	const isPlane = /\/pub\/b\/[^/]+\/status$/.test(url)
	const seen = new Set()
	let isOver, source, opening, asking, rank = -1, attempt = 0

	function hear(state) {
		const { status } = state
		const its = ORDER.indexOf(status)
		if (isOver || !status || seen.has(status) || (its >= 0 && its < rank)) return
		seen.add(status)
		rank = Math.max(its, rank)
		if (status === 'terminated') end(status, { state })
		tell(state)
	}

	function open() {
		clearTimeout(opening)
		source?.close()
		if (isOver) return
		const before = rank
		source = new EventSource(url + (isPlane ? '-stream' : '/stream'))
		source.onmessage = ({ data }) => safely(() => hear(parse(data)))
		source.onerror = () => {
			source.close()
			attempt = rank > before ? 0 : attempt + 1
			opening = setTimeout(open, backoff(attempt))
			watch()
		}
	}

	// Streams can stand still, and lose states.
	async function compare() {
		try {
			const state = await backend.status()
			if (ORDER.indexOf(state.status) > rank) {
				open() // from the first state on
				await new Promise((wake) => setTimeout(wake, 2e3))
			}
			hear(state)
		} catch (error) {
			const { code, body } = error
			// Any other 404 is a proxy's.
			if (/404|410/.test(code) && (body ? /^\s*{/.test(body) : !isPlane)) end('terminated')
			if (/40[13]/.test(code)) end('failed', { error })
		}
		watch()
	}

	function watch() {
		clearTimeout(asking)
		if (isOver) return
		asking = setTimeout(compare, jitter(backend.isReady() && source.readyState === 1 ? 6e4 : 3e3))
	}

	open()
	watch()
	return () => {
		isOver = true
		open()
		watch()
	}
}

// A WebSocket that connects again.
function connect(backend, path, protocols, over) {
	const target = new EventTarget()
	const ended = defer()
	let socket, isOver, attempt = 0

	function end(reason, detail) {
		isOver = true
		socket?.close()
		ended.resolve({ reason, ...detail })
	}

	function open() {
		if (isOver || !backend.isReady()) return
		const { href } = new URL(backend.url + path)
		if (!href.startsWith(new URL(backend.url))) throw notSo('not at ' + href)
		let opened
		socket = new WebSocket(href.replace(/^http/, 'ws'), protocols)
		socket.binaryType = target.binaryType
		socket.onopen = () => (opened = Date.now())
		socket.onclose = async ({ code, reason, wasClean }) => {
			if (wasClean && !/1001|101[1-4]/.test(code)) end('closed', { code, text: reason })
			// Browsers hide why a handshake failed.
			const { status } = isOver || opened || (await ask(href, 'HEAD').catch(() => 0))
			if (status === 410) end('gone')
			if (/40[13]/.test(status)) end('refused', { code: status })
			if (Date.now() - opened > 5e3) attempt = 0
			if (!isOver) setTimeout(open, backoff(attempt++))
		}
		for (const type of ['open', 'message', 'close']) {
			socket.addEventListener(type, (event) => target.dispatchEvent(new event.constructor(type, event)))
		}
	}

	over.then((how) => end(...how))
	backend.ready.then(open, () => {}).catch((error) => end('failed', { error }))
	return Object.assign(target, {
		binaryType: 'blob',
		ended: ended.promise,
		send(data) {
			const isOpen = socket?.readyState === 1
			if (isOpen) socket.send(data)
			return isOpen
		},
		close(...why) {
			socket?.close(...why)
			end('closed')
		},
	})
}

export class SessionBackend {
	state
	#listeners = new Set()
	#ready = defer()
	#terminated = defer()
	#over = defer()
	#end
	#stop

	constructor({ url, status_url }) {
		this.url = url
		this.statusUrl = status_url
		this.ready = this.onReadyPromise = this.#ready.promise
		this.terminated = this.onTerminatedPromise = this.#terminated.promise
		this.#stop = follow(this, this.#tell, this.#finish)
	}

	async status() {
		const answer = await ask(this.statusUrl)
		const { ok, status: code } = answer
		const body = await answer.text()
		if (ok) return parse(body)
		throw Object.assign(new Error(`HTTP ${code}`), { code, body })
	}

	isReady() {
		return this.state?.status === 'ready'
	}

	isTerminated() {
		return this.#end === 'terminated'
	}

	onStatus(callback) {
		this.#listeners.add(callback)
		return () => this.#listeners.delete(callback)
	}

	onReady(callback) {
		if (this.isReady()) callback()
		return this.onStatus(({ status }) => status === 'ready' && callback())
	}

	webSocket(path = '', protocols) {
		return connect(this, path.replace(/^\//, ''), protocols, this.#over.promise)
	}

	destroy() {
		this.#listeners.clear()
		this.#finish('destroyed')
	}

	#tell = (state) => {
		this.state = state
		if (state.status === 'ready') this.#ready.resolve(state)
		if (/terminating/.test(state.status)) this.#ready.reject(notSo(state.status))
		for (const listener of this.#listeners) safely(() => listener(state))
	}

	#finish = (reason, detail = {}) => {
		if (this.#end) return
		this.#end = reason
		this.#stop()
		this.#over.resolve([reason, detail])
		this.#ready.reject(detail.error ?? notSo(reason))
		if (reason === 'terminated') this.#terminated.resolve(detail.state)
		if (detail.error) this.#terminated.reject(detail.error)
	}
}
