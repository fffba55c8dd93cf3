// The web build has no page for foreign pages: a browser opens them in a tab of their own.
const pages = ['pages/screen/index']
if (process.env.TARO_ENV !== 'h5') pages.push('pages/web-page/index')

export default defineAppConfig({
  pages,
  // A browser moves between pages at once: nothing to wait for, and what is fixed to the screen stays there.
  ...(process.env.TARO_ENV === 'h5' && { animation: false }),
  window: {
    navigationBarTitleText: '登记注册身份验证',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundTextStyle: 'light',
  },
  lazyCodeLoading: 'requiredComponents',
})
