using System.Text.Json.Nodes;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Sweeps;
using GossipSim.Tests.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Sweeps;

/// <summary>
/// The manifest against what the API of Kubernetes says of the keys that it uses (batch/v1 Job, 1.29: names, types,
/// limits and which are required); any other key is refused. No cluster has seen it.
/// </summary>
[TestFixture]
internal sealed class KubernetesManifestTests
{
    private const string Api =
        """
        {
          "type": "object", "additionalProperties": false, "required": ["apiVersion", "kind", "metadata", "spec"],
          "properties": {
            "apiVersion": { "const": "batch/v1" },
            "kind": { "const": "Job" },
            "metadata": {
              "type": "object", "additionalProperties": false, "required": ["name"],
              "properties": {
                "name": { "type": "string", "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" },
                "labels": { "type": "object", "additionalProperties": {
                  "type": "string", "maxLength": 63, "pattern": "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$" } }
              }
            },
            "spec": {
              "type": "object", "additionalProperties": false, "required": ["template"],
              "properties": {
                "completionMode": { "enum": ["NonIndexed", "Indexed"] },
                "completions": { "type": "integer", "minimum": 1, "maximum": 100000 },
                "parallelism": { "type": "integer", "minimum": 0, "maximum": 100000 },
                "backoffLimitPerIndex": { "type": "integer", "minimum": 0 },
                "template": {
                  "type": "object", "additionalProperties": false, "required": ["spec"],
                  "properties": {
                    "metadata": { "type": "object" },
                    "spec": {
                      "type": "object", "additionalProperties": false, "required": ["containers", "restartPolicy"],
                      "properties": {
                        "restartPolicy": { "const": "Never" },
                        "containers": {
                          "type": "array", "minItems": 1,
                          "items": {
                            "type": "object", "additionalProperties": false, "required": ["name"],
                            "properties": {
                              "name": { "type": "string", "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" },
                              "image": { "type": "string" },
                              "command": { "type": "array", "items": { "type": "string" } },
                              "args": { "type": "array", "items": { "type": "string" } },
                              "workingDir": { "type": "string", "pattern": "^/" },
                              "resources": {
                                "type": "object", "additionalProperties": false,
                                "properties": { "requests": { "type": "object", "additionalProperties": {
                                  "type": "string", "pattern": "^[0-9.]+(m|[KMGT]i?)?$" } } }
                              },
                              "volumeMounts": {
                                "type": "array",
                                "items": {
                                  "type": "object", "additionalProperties": false, "required": ["mountPath", "name"],
                                  "properties": {
                                    "name": { "const": "sweep" },
                                    "mountPath": { "type": "string", "pattern": "^/[^:]*$" }
                                  }
                                }
                              }
                            }
                          }
                        },
                        "volumes": {
                          "type": "array",
                          "items": {
                            "type": "object", "additionalProperties": false, "required": ["name"],
                            "properties": {
                              "name": { "const": "sweep" },
                              "persistentVolumeClaim": {
                                "type": "object", "additionalProperties": false, "required": ["claimName"],
                                "properties": { "claimName": { "type": "string" } }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
        """;

    private readonly SweepPlan plan = SmallSweeps.Plan(SmallSweeps.Grid);

    [TestCase("small")]
    [TestCase("A.very_long-Name.of-a-sweep-with-capitals-and-dots_and_underlines.")]
    public void The_manifest_has_the_form_of_the_API(string name)
    {
        var manifest = JsonNode.Parse(Manifest(shards: 4).Write(plan with { Name = name }))!;

        Assert.That(JsonSchemaJudge.Accepts(JsonNode.Parse(Api)!, manifest), Is.True, manifest.ToJsonString());
    }

    [Test]
    public void Each_index_does_the_shard_of_its_number()
    {
        var spec = Manifest(shards: 4).Of(plan)["spec"]!;

        Assert.That((string)spec["completionMode"]!, Is.EqualTo("Indexed"));
        Assert.That(((int)spec["completions"]!, (int)spec["parallelism"]!), Is.EqualTo((4, 2)));
        var container = spec["template"]!["spec"]!["containers"]![0]!;
        Assert.That(
            (string)container["args"]![0]!,
            Is.EqualTo("exec gossipsim sweep . --shard \"$JOB_COMPLETION_INDEX/4\""));
        Assert.That((string)container["workingDir"]!, Is.EqualTo("/sweep/mine"));
        Assert.That(
            (string)spec["template"]!["spec"]!["volumes"]![0]!["persistentVolumeClaim"]!["claimName"]!,
            Is.EqualTo("claim"));
    }

    [TestCase("Claim")]
    [TestCase("-claim")]
    [TestCase("a b")]
    public void A_claim_that_cannot_be_is_refused(string name) => Assert.That(
        () => KubernetesManifest.ClaimName("--claim", name),
        Throws.TypeOf<UsageException>().With.Message.Contains($"--claim: found \"{name}\""));

    private static KubernetesManifest Manifest(int shards) =>
        new("gossipsim:1.0", "claim", "mine", shards, Parallel: 2);
}
