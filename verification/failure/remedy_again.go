package failure

import "renzheng/identity"

// againTexts say how to do the same step better.
func againTexts() map[RemedyKind]identity.Text {
	return map[RemedyKind]identity.Text{
		RetryNow: {
			Chinese:     "请再试一次。",
			Traditional: "請再試一次。",
			English:     "Try again.",
		},
		RetryBetterLight: {
			Chinese:     "请到光线均匀的地方，擦净镜头、摘下遮挡物，正对屏幕再试；仍不清晰时请换一部拍摄更清晰的手机。",
			Traditional: "請到光線均匀的地方，擦淨鏡頭、摘下遮擋物，正對屏幕再試；仍不清晰時請換一部拍攝更清晰的手機。",
			English: "Go where the light is even, wipe the lens, uncover your face and look straight at the " +
				"screen. If the picture stays unclear, use a phone with a better camera.",
		},
		RetryFinish: {
			Chinese:     "请重新开始，并按屏幕提示一次做完，中途不要离开。",
			Traditional: "請重新開始，並按屏幕提示一次做完，中途不要離開。",
			English:     "Start again and follow the screen to the end without leaving.",
		},
		AllowCamera: {
			Chinese:     "请允许使用摄像头，更新应用后重启再试；仍然不行时请换一部手机。",
			Traditional: "請允許使用攝像頭，更新應用後重啟再試；仍然不行時請換一部手機。",
			English:     "Allow the camera, update the app, restart it and try again; otherwise use another phone.",
		},
		CheckNetwork: {
			Chinese:     "请移到信号较好的地方，或换用其他网络后再试。",
			Traditional: "請移到信號較好的地方，或換用其他網絡後再試。",
			English:     "Go where the signal is better, or use another network, and try again.",
		},
		RestartApp: {
			Chinese:     "请关闭并重新打开应用，有新版本时先更新。",
			Traditional: "請關閉並重新打開應用，有新版本時先更新。",
			English:     "Close the app and open it again; update it first where there is a newer version.",
		},
		RefreshPage: {
			Chinese:     "请刷新页面；仍未显示时，请退出后重新登录。",
			Traditional: "請重新整理頁面；仍未顯示時，請退出後重新登入。",
			English:     "Reload the page; if that does not help, sign out and in again.",
		},
		WaitResult: {
			Chinese:     "请停留在当前页面等待结果，不要刷新或退出。",
			Traditional: "請停留在當前頁面等待結果，不要重新整理或退出。",
			English:     "Stay on this page until the result is shown; do not reload or leave it.",
		},
		OpenInApp: {
			Chinese:     "请用页面指明的应用重新扫描。",
			Traditional: "請用頁面指明的應用重新掃描。",
			English:     "Scan it again with the app that the page names.",
		},
		UpdateApp: {
			Chinese:     "请更新手机系统和应用，或换一部手机。",
			Traditional: "請更新手機系統和應用，或換一部手機。",
			English:     "Update the system of the phone and the app, or use another phone.",
		},
	}
}
