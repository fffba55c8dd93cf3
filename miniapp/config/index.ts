import path from 'node:path'
import { defineConfig } from '@tarojs/cli'
import { readTheme, themeConstants } from './theme'

const target = process.env.TARO_ENV === 'alipay' ? 'alipay' : 'weapp'
const src = (...parts: string[]) => path.resolve(__dirname, '..', 'src', ...parts)

// scripts/mini.ts builds the two mini-programs with this. The web client is built by Vite (web/vite.config.mts). Only src/platform and src/base differ.
export default defineConfig<'webpack5'>({
  projectName: 'renzheng',
  date: '2026-11-22',
  designWidth: 375,
  deviceRatio: { 375: 2 },
  sourceRoot: 'src',
  outputRoot: `dist/${target}`,
  plugins: [path.resolve(__dirname, 'aria.js')],
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  alias: { '@platform': src('platform', target), '@base': src('base', 'mini') },
  defineConstants: { API_BASE: JSON.stringify(process.env.API_BASE), ...themeConstants(readTheme()) },
  mini: { postcss: { pxtransform: { enable: true }, cssModules: { enable: false } } },
})
