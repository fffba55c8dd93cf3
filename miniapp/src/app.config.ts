// The web build has no page for external pages: a browser opens them itself.
const pages = ['pages/screen/index']
if (process.env.TARO_ENV !== 'h5') pages.push('pages/web-page/index')

export default defineAppConfig({
  pages,
  // Without animation a browser changes pages at once, and fixed elements stay in place.
  ...(process.env.TARO_ENV === 'h5' && { animation: false }),
  window: {
    navigationBarTitleText: '登记注册身份验证',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundTextStyle: 'light',
  },
  lazyCodeLoading: 'requiredComponents',
})
