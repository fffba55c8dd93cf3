import path from 'node:path'
import { defineConfig } from 'vite'
import { readTheme, themeConstants } from '../config/theme'

const here = (...parts: string[]) => path.resolve(__dirname, ...parts)
const preact = (...parts: string[]) => here('node_modules/preact', ...parts)

const theme = readTheme()

/** The server whose API the development server passes on. */
const target = process.env.RENZHENG_SERVER ?? 'http://127.0.0.1:8080'

/** Builds the web client from ../src. The mini-programs are built by Taro (../config/index.ts). */
export default defineConfig({
  root: __dirname,
  base: './',
  resolve: {
    alias: {
      '@platform': here('../src/platform/web'),
      '@base': here('../src/base/web'),
      // The components are written for React, which the mini-programs use. In a browser Preact does the same with a tenth of the code.
      'react/jsx-runtime': preact('jsx-runtime'),
      'react/jsx-dev-runtime': preact('jsx-runtime'),
      'react-dom/client': preact('compat/client'),
      react: preact('compat'),
      // ../src is not below this folder, whose packages are all that the web build has.
      uqr: here('node_modules/uqr'),
    },
  },
  define: { API_BASE: '""', ...themeConstants(theme) },
  plugins: [
    {
      name: 'theme-color',
      transformIndexHtml: (html) =>
        html.replace('%LIGHT_SURFACE%', theme.light.surface ?? '').replace('%DARK_SURFACE%', theme.dark.surface ?? ''),
    },
  ],
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    // Every browser that loads modules (docs/decisions/0019-web-client-by-vite.md).
    target: ['chrome61', 'safari11', 'firefox60', 'edge79'],
    modulePreload: false, // the page loads one module, and the others later
    reportCompressedSize: false,
    rollupOptions: {
      output: {
        // The server lets browsers keep files whose name has a hexadecimal hash.
        hashCharacters: 'hex',
        entryFileNames: 'js/[name].[hash:10].js',
        chunkFileNames: 'js/[name].[hash:10].js',
        assetFileNames: 'css/[name].[hash:10][extname]',
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    fs: { allow: [here('..')] },
    proxy: { '/v1': { target, changeOrigin: true, headers: { Origin: target } } },
  },
})
