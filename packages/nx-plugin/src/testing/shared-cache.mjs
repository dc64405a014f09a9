// A cache that machines share, as Nx's published interface of self-hosted caches has it: PUT and GET of /v1/cache/HASH. It says its
// port on standard output, and then each request. The workspaces wait for Nx in their own process, so that this is another one.
import { createServer } from 'node:http';
import process from 'node:process';

const kept = new Map();
const server = createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    process.stdout.write(`${request.method} ${request.url}\n`);
    const found = kept.get(request.url);
    if (request.headers.authorization !== 'Bearer secret') response.writeHead(401).end();
    else if (request.method === 'PUT') {
      kept.set(request.url, Buffer.concat(parts));
      response.writeHead(200).end();
    } else if (found === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(found);
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
