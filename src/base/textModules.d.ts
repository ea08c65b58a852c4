// Text files that the build inlines (esbuild's text loader; test/support/textLoader.mjs in tests).
declare module '*.md' {
  const text: string;
  export default text;
}
declare module '*.sql' {
  const text: string;
  export default text;
}
