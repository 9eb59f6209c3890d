import { createServer } from 'node:http';
import process from 'node:process';

/** What a server costs that only reads the same JSON and says yes: no judgment, no record, no proof. */
const ANSWER = JSON.stringify({ allowed: true, id: 'act_00000000000000000000000000' });

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    text += chunk;
  });
  request.on('end', () => {
    const { tool } = JSON.parse(text) as { readonly tool: string };
    response.writeHead(tool === '' ? 400 : 200, {
      'content-type': 'application/json',
      'content-length': ANSWER.length,
    });
    response.end(ANSWER);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({
    port: typeof address === 'object' && address !== null ? address.port : 0,
    watchers: [],
    agents: [],
  });
});
process.once('disconnect', () => process.exit(0));
