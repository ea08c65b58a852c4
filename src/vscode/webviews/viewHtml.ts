/** What a view's page is made of: addresses as the webview reaches them. */
export interface ViewPage {
  readonly title: string;
  /** Source of the extension's own files, as Content-Security-Policy names it. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
}

/**
 * The page of every view. Only scripts with this page's nonce run, with what they import; styles, fonts and pictures
 * come from the extension. The toolkit reads the nonce for the one style element by which it learns whether the
 * browser knows `:focus-visible`. Inline style attributes and handlers are refused: templates set `.style=${…}` as a property.
 */
export function viewHtml({ title, cspSource, nonce, script, style }: ViewPage): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join('; ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}" />
    <meta property="csp-nonce" content="${nonce}" />
    <title>${escapeHtml(title)}</title>
    <link rel="stylesheet" href="${escapeHtml(style)}" />
  </head>
  <body>
    <script type="module" nonce="${nonce}" src="${escapeHtml(script)}"></script>
  </body>
</html>
`;
}

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
