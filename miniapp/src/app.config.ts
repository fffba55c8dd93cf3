/** The bars of WeChat's windows take the colors of theme.json (scripts/mini.ts). Alipay's own bars follow the system. */
const weapp = {
  darkmode: true,
  themeLocation: 'theme.json',
  window: {
    navigationBarTitleText: '登记注册身份验证',
    navigationBarBackgroundColor: '@bar',
    navigationBarTextStyle: '@barText',
    backgroundColor: '@ground',
    backgroundTextStyle: '@loading',
  },
}
const alipay = { darkMode: true, window: { navigationBarTitleText: '登记注册身份验证' } }

export default defineAppConfig({
  pages: ['pages/screen/index', 'pages/web-page/index'],
  ...(process.env.TARO_ENV === 'weapp' ? weapp : alipay),
  lazyCodeLoading: 'requiredComponents',
})
