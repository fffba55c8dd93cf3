import { text } from './table'

export const failure = {
  why: text('可能的原因', '可能的原因', 'Possible reasons'),
  whatToDo: text('您可以这样做', '您可以這樣做', 'What you can do'),
  lastTry: text('上一次：', '上一次：', 'Last try: '),
  triesLeft: text('还可以尝试 {n} 次', '還可以嘗試 {n} 次', 'Tries left: {n}'),
  nextAt: text(
    '{time}（北京时间）之后可以再试',
    '{time}（北京時間）之後可以再試',
    'You can try again after {time} (Beijing time)',
  ),
  tryAgain: text('再试一次', '再試一次', 'Try again'),
  correct: text('修改信息', '修改資料', 'Correct your details'),
  liftFreeze: text('解除冻结', '解除凍結', 'Lift the freeze'),
  home: text('返回首页', '返回首頁', 'Back to the home page'),
  backToTodo: text('返回业务详情', '返回業務詳情', 'Back to the details'),
  slip: text('到窗口办理', '到窗口辦理', 'At the service window'),
  slipCode: text('凭条码', '憑條碼', 'Slip code'),
  slipKeep: text('保存凭条', '保存憑條', 'Save the slip'),
  reference: text('编号', '編號', 'Reference'),
  windowAlways: text(
    '请稍后再试，或携带证件原件到登记窗口现场办理，结果相同。',
    '請稍後再試，或攜帶證件原件到登記窗口現場辦理，結果相同。',
    'Please try again later, or take the original document to the registration window. The result is the same.',
  ),
  somethingWrong: text('暂时无法完成', '暫時無法完成', 'This cannot be completed now'),
  offline: text('网络连接失败', '網絡連接失敗', 'The network connection failed'),
  offlineLead: text(
    '没有收到服务器的答复。您填写的内容还在，重试不会重复提交。',
    '沒有收到伺服器的答覆。您填寫的內容還在，重試不會重複提交。',
    'The server did not answer. What you entered is still here, and trying again submits nothing twice.',
  ),
} as const
