import { text } from './table'

export const support = {
  appealTitle: text('申诉', '申訴', 'Appeal'),
  appealsTitle: text('我的申诉', '我的申訴', 'My appeals'),
  supportTitle: text('技术支持', '技術支持', 'Technical support'),
  supportLead: text(
    '用微信扫描二维码，关注【{account}】，选择菜单【{menu}】。',
    '用微信掃描二維碼，關注【{account}】，選擇選單【{menu}】。',
    'Scan the QR code with WeChat, follow “{account}” and select “{menu}” in its menu.',
  ),
  supportAlbum: text(
    '在本机使用：先保存二维码，再在微信中从相册选取。',
    '在本機使用：先保存二維碼，再在微信中從相冊選取。',
    'On this phone, save the QR code, then select it from the album in WeChat.',
  ),
  ticket: text('求助单号', '求助單號', 'Ticket number'),
  ticketLead: text(
    '也可以把单号发给客服。',
    '也可以把單號發給客服。',
    'You can also send this number to the service account.',
  ),
  saveQR: text('保存二维码', '保存二維碼', 'Save the QR code'),
  saved: text('已保存', '已保存', 'Saved'),
  saveFailed: text(
    '未能保存，请长按图片保存或截屏。',
    '未能保存，請長按圖片保存或截屏。',
    'The picture was not saved. Press and hold it to save it, or take a screenshot.',
  ),
  qrAlt: text('技术支持二维码', '技術支持二維碼', 'QR code of technical support'),
  window: text('登记窗口', '登記窗口', 'Service window'),
  faqTitle: text('常见问题', '常見問題', 'Frequently asked questions'),
  search: text('搜索', '搜尋', 'Search'),
  searchHint: text(
    '输入关键词，请勿填写个人信息',
    '輸入關鍵詞，請勿填寫個人資料',
    'Enter keywords, but no personal data',
  ),
  noArticles: text(
    '没有找到，请联系技术支持。',
    '沒有找到，請聯絡技術支持。',
    'Nothing was found. Please contact technical support.',
  ),
  found: text('找到 {n} 条', '找到 {n} 條', 'Results: {n}'),
} as const
