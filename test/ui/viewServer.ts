import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { viewHtml } from '../../src/vscode/webviews/viewHtml.ts';

/** A view's own bundle as a page, under the very policy that the extension gives it. */
export interface ViewServer {
  readonly url: string;
  dispose(): void;
}

const root = path.resolve(import.meta.dirname, '../..');
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** @param bundle folder of a build that exists already; the views are built where none is given. */
export async function serveView(view: string, bundle?: string): Promise<ViewServer> {
  const folder = bundle ?? mkdtempSync(path.join(tmpdir(), 'sloop-view-'));
  if (bundle === undefined)
    execFileSync(process.execPath, ['esbuild.mjs', '--out', folder], { cwd: root, stdio: 'inherit' });
  const page = viewHtml({
    title: view,
    cspSource: "'self'",
    nonce: 'n0nce',
    script: `${view}.js`,
    style: `${view}.css`,
  }).replace('</head>', '<link rel="stylesheet" href="themes.css" /></head>');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('content-type', types[path.extname(pathname)] ?? 'text/html');
    if (pathname === '/') return response.end(page);
    const from = pathname === '/themes.css' ? import.meta.dirname : path.join(folder, 'webviews');
    try {
      return response.end(readFileSync(path.join(from, path.basename(pathname))));
    } catch {
      // Source maps and the site's icon: nobody needs them here.
      response.statusCode = 404;
      return response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    dispose() {
      server.close();
      if (bundle === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
