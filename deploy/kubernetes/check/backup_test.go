package check

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	apps "k8s.io/api/apps/v1"
	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
)

// A backup needs no keys, and a recovery needs what every server has kept outside the database.
func TestManifests_BackupAndRecovery(t *testing.T) {
	t.Parallel()
	k := read[kustomization](t, "kustomization.yaml")
	servers := read[apps.StatefulSet](t, "statefulset.yaml")
	volume := read[core.PersistentVolumeClaim](t, "backups.yaml")
	backup := read[batch.CronJob](t, "backup.yaml").Spec.JobTemplate.Spec.Template.Spec
	recovery := read[batch.CronJob](t, "recover.yaml")
	restoring := recovery.Spec.JobTemplate.Spec.Template.Spec
	claims := append([]core.PersistentVolumeClaim{volume}, claimsOf(servers)...)

	checkPod(t, "backup", backup, k, claims...)
	checkPod(t, "recover", restoring, k, claims...)
	if recovery.Spec.Suspend == nil || !*recovery.Spec.Suspend {
		t.Error("a recovery would run by itself")
	}
	if len(backup.Volumes) != 1 || len(backup.Containers[0].Env) != 0 {
		t.Error("the backup can reach more than the database and its own volume")
	}
	for _, pod := range []core.PodSpec{backup, restoring} {
		if to := mounted(pod, volume.Name); to == "" || !slices.Contains(pod.Containers[0].Args, to) {
			t.Errorf("%v does not use the volume of the backups, which is at %q", pod.Containers[0].Args, to)
		}
	}
	stateOf := setting(servers.Spec.Template.Spec, "BFF_STATE_DIR")
	inside, ok := strings.CutPrefix(stateOf, "/state/")
	if !ok || setting(restoring, "BFF_STATE_DIR") == "" {
		t.Fatalf("got %q and %q for BFF_STATE_DIR", stateOf, setting(restoring, "BFF_STATE_DIR"))
	}
	for i, claim := range claimsOf(servers) {
		folder := path.Join(mounted(restoring, claim.Name), inside)
		if i > 0 && !slices.Contains(restoring.Containers[0].Args, folder) || i == 0 && setting(restoring, "BFF_STATE_DIR") != folder {
			t.Errorf("the erasures of replica %d, in %s, are not repeated", i, folder)
		}
	}
}

// claimsOf returns the claims that the replicas make.
func claimsOf(s apps.StatefulSet) []core.PersistentVolumeClaim {
	var claims []core.PersistentVolumeClaim
	for i := range int(*s.Spec.Replicas) {
		for _, c := range s.Spec.VolumeClaimTemplates {
			c.Name = fmt.Sprintf("%s-%s-%d", c.Name, s.Name, i)
			claims = append(claims, c)
		}
	}
	return claims
}

// mounted returns where a claim is mounted.
func mounted(pod core.PodSpec, claim string) string {
	for _, v := range pod.Volumes {
		for _, m := range pod.Containers[0].VolumeMounts {
			if v.PersistentVolumeClaim != nil && v.PersistentVolumeClaim.ClaimName == claim && m.Name == v.Name {
				return m.MountPath
			}
		}
	}
	return ""
}

func setting(pod core.PodSpec, name string) string {
	for _, e := range pod.Containers[0].Env {
		if e.Name == name {
			return e.Value
		}
	}
	return ""
}
