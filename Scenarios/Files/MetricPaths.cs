using System.Text.Json.Serialization.Metadata;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Files;

/// <summary>What an expectation may speak of: the single values of the summary, by their paths in it.</summary>
internal static class MetricPaths
{
    /// <summary>Before the metrics of own protocols.</summary>
    public const string OwnPrefix = "metrics.";

    public const string OwnPattern = @"^metrics\.[a-zA-Z0-9]+\.[a-z]+$";

    /// <summary>Each path and the type of its value: a number, bool or string.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } =
        Walk(typeof(Summary), prefix: "").ToDictionary(metric => metric.Path, metric => metric.Type);

    /// <summary>The same, and those of an own protocol: for each of its metrics every figure about it.</summary>
    public static IReadOnlyDictionary<string, Type> With(IReadOnlyList<Metric> metrics)
    {
        var known = new Dictionary<string, Type>(All);
        foreach (Metric metric in metrics)
        {
            foreach ((string path, Type type) in Walk(typeof(MetricSummary), $"{OwnPrefix}{metric.Name}."))
                known[path] = type;
        }

        return known;
    }

    private static IEnumerable<(string Path, Type Type)> Walk(Type type, string prefix)
    {
        foreach (JsonPropertyInfo property in ScenarioJson.ContractOf(type).Properties)
        {
            Type held = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            string path = prefix + property.Name;
            JsonTypeInfoKind kind = ScenarioJson.ContractOf(held).Kind;
            if (kind == JsonTypeInfoKind.None)
                yield return (path, held);
            if (kind != JsonTypeInfoKind.Object)
                continue;
            foreach ((string Path, Type Type) inner in Walk(held, path + "."))
                yield return inner;
        }
    }
}
