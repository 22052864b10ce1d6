/** The bundler takes imported styles into `main.css`. */
declare module '*.css';
