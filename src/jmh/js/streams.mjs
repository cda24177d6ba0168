// What StreamsRun has Node do: the status and then the stream of each backend, 256 at a time, and the JSON of both.
// Arguments: a name, the port, the number of streams, and for how many milliseconds these rest.
import http from 'node:http';

const AT_ONCE = 256;
const STATUSES = ['loading', 'starting', 'waiting', 'ready'];
const [, port, size, restMillis] = process.argv.slice(2);
const streams = Number(size);
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });

let expected = 0;
let told = () => {};

function expect(count) {
    expected = count;
    return new Promise(resolve => { told = resolve; });
}

function heard() {
    expected--;
    if (expected === 0) {
        told();
    }
}

function get(path) {
    return new Promise((resolve, reject) => {
        http.get({ host: '127.0.0.1', port, path, agent }, resolve).on('error', reject);
    });
}

async function text(path) {
    let body = '';
    for await (const chunk of (await get(path)).setEncoding('utf8')) {
        body += chunk;
    }
    return body;
}

async function open(id) {
    const path = `/v2/backend/${id}/status`;
    let last = JSON.parse(await text(path));
    const response = await get(`${path}/stream`);
    let rest = '';
    response.setEncoding('utf8').on('data', chunk => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop();
        for (const line of lines) {
            if (line.startsWith('data:')) {
                last = JSON.parse(line.slice('data:'.length));
                last.time = new Date(last.time);
                heard();
            }
        }
    });
    response.on('error', () => {});
    return response;
}

async function openAll(prefix) {
    const first = expect(streams);
    const responses = [];
    let next = 0;
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, streams) }, async () => {
        while (next < streams) {
            responses.push(await open(prefix + next++));
        }
    }));
    await first;
    return responses;
}

async function closeAll(responses) {
    await Promise.all(responses.map(response => new Promise(resolve => {
        response.on('close', resolve);
        response.destroy();
    })));
}

function usage() {
    const { user, system } = process.cpuUsage();
    return { cpu: user + system, time: performance.now() * 1000 };
}

function tell(measure, unit, value) {
    console.log(`figure|${measure}|${unit}|${value}`);
}

function memory() {
    gc();
    const { heapUsed, external, rss } = process.memoryUsage();
    return { heap: heapUsed + external, rss };
}

async function broadcast(status) {
    const all = expect(streams);
    await text(`/broadcast/${status}`);
    await all;
}

const warm = await openAll('warm');
for (const status of STATUSES) {
    await broadcast(status);
}
await closeAll(warm);
await text('/broadcast/end');

const before = memory();
const start = usage();
const measured = await openAll('measured');
const opened = usage();
tell('time to open one', 'µs', (opened.time - start.time) / streams);
tell('CPU to open one', 'µs', (opened.cpu - start.cpu) / streams);
const after = memory();
tell('heap of one at rest', 'KiB', (after.heap - before.heap) / 1024 / streams);
tell('resident memory of one', 'KiB', (after.rss - before.rss) / 1024 / streams);
for (const status of STATUSES) {
    const before = usage();
    await broadcast(status);
    tell('CPU an event', 'µs', (usage().cpu - before.cpu) / streams);
}
await new Promise(resolve => { setTimeout(resolve, Number(restMillis)); });
const rested = usage();
await broadcast('terminating');
tell('CPU an event of a ready backend', 'µs', (usage().cpu - rested.cpu) / streams);
const closing = usage();
await closeAll(measured);
const closed = usage();
tell('time to close one', 'µs', (closed.time - closing.time) / streams);
tell('CPU to close one', 'µs', (closed.cpu - closing.cpu) / streams);
process.exit(0);
