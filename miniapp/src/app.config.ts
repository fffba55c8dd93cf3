export default defineAppConfig({
  pages: ['pages/screen/index', 'pages/web-page/index'],
  window: {
    navigationBarTitleText: '登记注册身份验证',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundTextStyle: 'light',
  },
  lazyCodeLoading: 'requiredComponents',
})
