// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// oauth2-mock-server on loopback, until the standard input ends. Its first line is its address; then one line of JSON for
// each that is asked of it, before the answer goes out. A line of JSON that comes in says how it behaves from now on, as
// `plain` has it, and is answered with an empty line.
//
// usage: server.js [METADATA_PATH]

const { randomUUID } = require('node:crypto');
const readline = require('node:readline');
const { OAuth2Server } = require('oauth2-mock-server');

const plain = {
  issuer: null, // who it says to be; null: itself
  redirect: {}, // members of its answer through the browser that are others; null: left out
  status: 200, // of the token endpoint
  token: {}, // members of that one's answer that are others; null: left out
};

let behaviour = plain;

function say(line) {
  process.stdout.write(`${line}\n`);
}

function listen(server) {
  const { service } = server;

  service.on('beforeAuthorizeRedirect', ({ url }, request) => {
    say(JSON.stringify({ asked: 'authorize', ...request.query }));
    for (const [name, value] of Object.entries(behaviour.redirect)) {
      url.searchParams.delete(name);
      if (value !== null) url.searchParams.set(name, value);
    }
  });

  service.on('beforeResponse', (response, request) => {
    say(JSON.stringify({ asked: 'token', ...request.body }));
    response.statusCode = behaviour.status;
    if (behaviour.status !== 200) response.body = {};
    for (const [name, value] of Object.entries(behaviour.token)) {
      if (value === null) delete response.body[name];
      else response.body[name] = value;
    }
  });

  // Else who asks twice in a second gets the same token twice.
  service.on('beforeTokenSigning', (token) => {
    token.payload.jti = randomUUID();
  });

  // The server reads no form here.
  service.on('beforeRevoke', () => say(JSON.stringify({ asked: 'revoke' })));
}

async function main(metadataPath) {
  const endpoints = metadataPath === undefined ? {} : { wellKnownDocument: metadataPath };
  const server = new OAuth2Server(undefined, undefined, { endpoints });

  await server.issuer.keys.generate('RS256');
  await server.start(0, '127.0.0.1');

  const address = `http://127.0.0.1:${server.address().port}`;
  server.issuer.url = address;
  listen(server);
  say(address);

  const lines = readline.createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    behaviour = { ...plain, ...JSON.parse(line) };
    server.issuer.url = behaviour.issuer ?? address;
    say('');
  });
  lines.on('close', () => process.exit(0));
}

main(process.argv[2]);
