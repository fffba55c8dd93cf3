// Package check holds the manifests to the types of Kubernetes. It is a module of its own, so that the server does not
// depend on them.
package check

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"
	apps "k8s.io/api/apps/v1"
	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
)

// read decodes a manifest, whose members must all be known.
func read[T any](t *testing.T, name string) T {
	t.Helper()
	text, err := os.ReadFile("../" + name)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := yaml.YAMLToJSON(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var object T
	decoder := json.NewDecoder(bytes.NewReader(encoded))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&object); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return object
}

type kustomization struct {
	APIVersion         string   `json:"apiVersion"`
	Kind               string   `json:"kind"`
	Namespace          string   `json:"namespace"`
	Resources          []string `json:"resources"`
	SecretGenerator    []generated
	ConfigMapGenerator []generated
	Images             []struct{ Name, NewTag string }
}

type generated struct {
	Name        string
	Files, Envs []string
}

func TestManifests_AreWhatKubernetesKnows(t *testing.T) {
	t.Parallel()
	k := read[kustomization](t, "kustomization.yaml")
	namespace := read[core.Namespace](t, "namespace.yaml")
	servers := read[apps.StatefulSet](t, "statefulset.yaml")
	job := read[batch.Job](t, "migrate.yaml")
	service := read[core.Service](t, "service.yaml")
	budget := read[policy.PodDisruptionBudget](t, "disruption.yaml")
	network := read[networking.NetworkPolicy](t, "network.yaml")

	if k.Namespace != namespace.Name {
		t.Errorf("the namespace is %s in one file and %s in another", k.Namespace, namespace.Name)
	}
	labels := servers.Spec.Template.Labels
	for what, selector := range map[string]map[string]string{
		"statefulset": servers.Spec.Selector.MatchLabels, "service": service.Spec.Selector,
		"disruption": budget.Spec.Selector.MatchLabels, "network": network.Spec.PodSelector.MatchLabels,
	} {
		for name, value := range selector {
			if labels[name] != value {
				t.Errorf("%s selects %s=%s, which no pod has", what, name, value)
			}
		}
	}
	for _, name := range []string{
		"statefulset.yaml", "migrate.yaml", "service.yaml", "disruption.yaml", "network.yaml", "namespace.yaml",
		"backups.yaml", "backup.yaml", "recover.yaml",
	} {
		if !slices.Contains(k.Resources, name) {
			t.Errorf("kustomization.yaml lacks %s", name)
		}
	}
	pods := map[string]core.PodSpec{"statefulset": servers.Spec.Template.Spec, "migrate": job.Spec.Template.Spec}
	for name, pod := range pods {
		checkPod(t, name, pod, k, servers.Spec.VolumeClaimTemplates...)
	}
	served := servers.Spec.Template.Spec.Containers[0]
	if served.ReadinessProbe.HTTPGet.Path != "/readyz" || served.LivenessProbe.HTTPGet.Path != "/healthz" {
		t.Error("a server that cannot reach its database must get no requests, and must not be restarted")
	}
	if budget.Spec.MinAvailable.IntValue() >= int(*servers.Spec.Replicas) {
		t.Error("no node could ever be emptied")
	}
}

// checkPod holds a pod to the restricted profile, and to what kustomization.yaml generates.
func checkPod(t *testing.T, name string, pod core.PodSpec, k kustomization, claims ...core.PersistentVolumeClaim) {
	t.Helper()
	const nobody = 65532 // the user of the image
	if s := pod.SecurityContext; s == nil || s.RunAsNonRoot == nil || !*s.RunAsNonRoot || *s.RunAsUser != nobody || s.SeccompProfile == nil {
		t.Errorf("%s may run as root, or as another user than the image's", name)
	}
	has := func(list []generated, wanted string) bool {
		return slices.ContainsFunc(list, func(g generated) bool { return g.Name == wanted })
	}
	for _, c := range pod.Containers {
		s := c.SecurityContext
		if s == nil || *s.AllowPrivilegeEscalation || !*s.ReadOnlyRootFilesystem || !slices.Contains(s.Capabilities.Drop, "ALL") {
			t.Errorf("%s has more rights than it needs", name)
		}
		if !slices.ContainsFunc(k.Images, func(i struct{ Name, NewTag string }) bool { return i.Name == c.Image }) {
			t.Errorf("%s runs %s, whose version kustomization.yaml does not name", name, c.Image)
		}
		for _, from := range c.EnvFrom {
			if (from.SecretRef != nil && !has(k.SecretGenerator, from.SecretRef.Name)) ||
				(from.ConfigMapRef != nil && !has(k.ConfigMapGenerator, from.ConfigMapRef.Name)) {
				t.Errorf("%s reads settings that nothing generates", name)
			}
		}
	}
	claimed := func(wanted string) bool {
		return slices.ContainsFunc(claims, func(c core.PersistentVolumeClaim) bool { return c.Name == wanted })
	}
	named := map[string]bool{}
	for _, v := range pod.Volumes {
		named[v.Name] = true
		if (v.Secret == nil || !has(k.SecretGenerator, v.Secret.SecretName)) && (v.PersistentVolumeClaim == nil || !claimed(v.PersistentVolumeClaim.ClaimName)) {
			t.Errorf("%s mounts %s, which nothing generates", name, v.Name)
		}
	}
	for _, m := range pod.Containers[0].VolumeMounts {
		if !named[m.Name] && !claimed(m.Name) {
			t.Errorf("%s mounts %s, which is no volume", name, m.Name)
		}
	}
}
