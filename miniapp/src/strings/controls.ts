import { text } from './table'

export const controls = {
  logOut: text('退出登录', '登出', 'Log out'),
  language: text('语言', '語言', 'Language'),
  elderOn: text('关怀版', '關懷版', 'Large type'),
  elderOff: text('标准版', '標準版', 'Standard'),
  back: text('返回', '返回', 'Back'),
  loading: text('正在加载', '正在載入', 'Loading'),
  retry: text('重试', '重試', 'Try again'),
  menu: text('更多', '更多', 'More'),
} as const
