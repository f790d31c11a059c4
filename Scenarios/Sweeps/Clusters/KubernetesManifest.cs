using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// A Kubernetes Job in Indexed completion mode, an index for each shard (batch/v1, since Kubernetes 1.29 with a limit
/// of retries for each index). JSON, which <c>kubectl apply -f</c> takes as it takes YAML. It is checked against the
/// schema of the API, and was never run on a cluster.
/// </summary>
/// <param name="Image">With <c>gossipsim</c> and a shell in it.</param>
/// <param name="Claim">
/// A persistent volume claim that all pods may write (ReadWriteMany), with the sweep's folder.
/// </param>
/// <param name="Folder">The sweep's folder on that volume.</param>
internal sealed partial record KubernetesManifest(string Image, string Claim, string Folder, int Shards, int Parallel)
{
    private const string Mount = "/sweep";

    /// <summary>Our choice: nodes are drained and pods evicted; what a shard did is kept.</summary>
    private const int Retries = 3;

    /// <summary>Names are labels of DNS (RFC 1123): at most 63 letters, digits and dashes.</summary>
    private const int LongestName = 63;

    public JsonObject Of(SweepPlan plan)
    {
        var name = NameOf(plan.Name);
        return new JsonObject
        {
            ["apiVersion"] = "batch/v1",
            ["kind"] = "Job",
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = Labels(name) },
            ["spec"] = new JsonObject
            {
                ["completionMode"] = "Indexed",
                ["completions"] = Shards,
                ["parallelism"] = Math.Min(Parallel, Shards),
                ["backoffLimitPerIndex"] = Retries,
                ["template"] = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["labels"] = Labels(name) },
                    ["spec"] = Pod(),
                },
            },
        };
    }

    public string Write(SweepPlan plan) => Of(plan).ToJsonString(ScenarioJson.Options).ReplaceLineEndings("\n") + "\n";

    private JsonObject Pod() => new()
    {
        ["restartPolicy"] = "Never",
        ["containers"] = new JsonArray(new JsonObject
        {
            ["name"] = "shard",
            ["image"] = Image,
            ["command"] = new JsonArray("/bin/sh", "-c"),
            ["args"] = new JsonArray($"exec gossipsim sweep . --shard \"$JOB_COMPLETION_INDEX/{Shards}\""),
            ["workingDir"] = $"{Mount}/{Folder}".TrimEnd('/'),
            ["resources"] = new JsonObject
            {
                ["requests"] = new JsonObject { ["cpu"] = "1", ["memory"] = "512Mi" },
            },
            ["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = "sweep", ["mountPath"] = Mount }),
        }),
        ["volumes"] = new JsonArray(new JsonObject
        {
            ["name"] = "sweep",
            ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = Claim },
        }),
    };

    private static JsonObject Labels(string name) => new() { ["app.kubernetes.io/name"] = name };

    private static string NameOf(string sweep)
    {
        var name = NotOfNames().Replace($"gossipsim-{sweep}".ToLowerInvariant(), "-");
        return name[..Math.Min(name.Length, LongestName)].TrimEnd('-');
    }

    /// <exception cref="UsageException">No claim can have this name.</exception>
    public static string ClaimName(string option, string found) => OneName().IsMatch(found)
        ? found
        : throw new UsageException(
            $"{option}: found \"{found}\", allowed are small letters, digits, dots and dashes, as Kubernetes has them");

    [GeneratedRegex("[^a-z0-9-]+")]
    private static partial Regex NotOfNames();

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\z")]
    private static partial Regex OneName();
}
