import path from 'node:path'
import { defineConfig } from '@tarojs/cli'

const target = process.env.TARO_ENV ?? 'h5'
const web = target === 'h5'
const src = (...parts: string[]) => path.resolve(__dirname, '..', 'src', ...parts)

// The platform is chosen here. Only src/platform and src/base depend on it.
export default defineConfig<'webpack5'>({
  projectName: 'renzheng',
  date: '2026-11-22',
  designWidth: 375,
  deviceRatio: { 375: 2 },
  sourceRoot: 'src',
  outputRoot: `dist/${web ? 'web' : target}`,
  plugins: web ? [] : [path.resolve(__dirname, 'aria.js')],
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  alias: {
    '@platform': src('platform', web ? 'web' : target),
    '@base': src('base', web ? 'web' : 'mini'),
  },
  defineConstants: { API_BASE: JSON.stringify(process.env.API_BASE ?? '') },
  mini: { postcss: { pxtransform: { enable: true }, cssModules: { enable: false } } },
  h5: {
    publicPath: './',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    // Pixels of the style sheet are CSS pixels on the web, so that the browser's zoom works as usual.
    // The web build uses HTML only. Taro's own elements would be a third of the bundle, and their icon font violates the
    // content security policy of the server.
    webpackChain: (chain) => {
      chain.resolve.alias
        .set('@tarojs/components/dist/components$', src('base', 'web', 'no-pull-to-refresh.ts'))
        .set('@tarojs/components/dist/taro-components/taro-components.css$', src('theme', 'none.css'))
        .set('@tarojs/components/global.css$', src('theme', 'none.css'))
    },
    postcss: { pxtransform: { enable: false }, autoprefixer: { enable: true } },
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: {
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
  },
})
