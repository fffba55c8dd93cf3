// The web build has no page for foreign pages: a browser opens them in a tab of their own.
const pages = ['pages/screen/index']
if (process.env.TARO_ENV !== 'h5') pages.push('pages/web-page/index')

export default defineAppConfig({
  pages,
  window: {
    navigationBarTitleText: '登记注册身份验证',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundTextStyle: 'light',
  },
  lazyCodeLoading: 'requiredComponents',
})
