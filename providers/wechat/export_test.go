package wechat

// HashCert is exported for the vector of WeChat's page, whose number is none.
func HashCert(name, number string) string { return hashCert(name, number) }
