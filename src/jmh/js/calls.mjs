// What CallsRun has Node do: the same call with fetch, by as many callers at once. Arguments: a name, the port, the
// callers, and the milliseconds of a sample.
const [, port, callers, millis] = process.argv.slice(2);
const address = `http://127.0.0.1:${port}/v2/service/dev/default/connect`;
const body = JSON.stringify({ key: 'room-1', user: 'ada' });

async function call() {
    const response = await fetch(address, {
        method: 'POST',
        headers: { 'Accept': 'application/json', 'Content-Type': 'application/json' },
        body,
    });
    if (response.status !== 200) {
        throw new Error(`answered with ${response.status}`);
    }
    return response.json();
}

async function calls(time) {
    const end = performance.now() + time;
    let count = 0;
    await Promise.all(Array.from({ length: Number(callers) }, async () => {
        do {
            await call();
            count++;
        } while (performance.now() < end);
    }));
    return count;
}

await calls(2 * millis);
const cpu = process.cpuUsage();
const start = performance.now();
const count = await calls(Number(millis));
const { user, system } = process.cpuUsage(cpu);
console.log(`figure|CPU a call|µs|${(user + system) / count}`);
console.log(`figure|calls|1/s|${count * 1000 / (performance.now() - start)}`);
process.exit(0);
