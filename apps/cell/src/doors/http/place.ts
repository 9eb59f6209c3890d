import type { Code } from '@writ/contract';
import type { IncomingHttpHeaders } from 'node:http';

/** What one listener is called: the only values of Host and Origin that it answers to. */
export type Place = { readonly hosts: ReadonlySet<string>; readonly origins: ReadonlySet<string> };

/** The names of a loopback listener. A trailing dot, another spelling or another port is another host. */
export function loopbackPlace(port: number): Place {
  const hosts = ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`);
  return { hosts: new Set(hosts), origins: new Set(hosts.map((host) => `http://${host}`)) };
}

/** Whoever reaches the socket is a program of this machine, never a page. */
export const SOCKET_PLACE: Place = { hosts: new Set(['localhost']), origins: new Set() };

const TLS_PORT = 443;

/** A listener with TLS, under the names that its operator gave. */
export function namedPlace(names: readonly string[], port: number): Place {
  const hosts = names.flatMap((name) =>
    port === TLS_PORT ? [name, `${name}:${port}`] : [`${name}:${port}`],
  );
  return { hosts: new Set(hosts), origins: new Set(hosts.map((host) => `https://${host}`)) };
}

/**
 * Judged before the path is looked at: a name that was pointed here and a page of another origin reach
 * nothing.
 */
export function refusePlace({ hosts, origins }: Place, headers: IncomingHttpHeaders): Code | null {
  if (headers.host === undefined || !hosts.has(headers.host)) return 'HOST_REFUSED';
  const { origin } = headers;
  if (origin !== undefined && !origins.has(origin)) return 'ORIGIN_REFUSED';
  const site = headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site' ? 'ORIGIN_REFUSED' : null;
}
