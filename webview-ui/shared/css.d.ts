// Styles that esbuild collects into the view's stylesheet.
declare module '*.css';
