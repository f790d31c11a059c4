using System.Text.Json.Serialization.Metadata;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// The single values of the summary by their paths in it, with name, unit and what they need: made from the summary
/// records and their attributes. Expectations, comparisons, sweeps and gates speak of these.
/// </summary>
internal static class MetricPaths
{
    /// <summary>Before the metrics of own protocols.</summary>
    public const string OwnPrefix = "metrics.";

    public const string OwnPattern = @"^metrics\.[a-zA-Z0-9]+\.[a-z]+$";

    /// <summary>Counters by name are not part of the contract: which there are depends on the run.</summary>
    private const string Count = "count";

    /// <summary>Ends of property names that are units, with their short forms.</summary>
    private static readonly (string Ending, string Unit)[] endings =
        [("Ms", "ms"), ("Seconds", "s"), ("Bytes", "bytes"), ("bytes", "bytes"), ("Fraction", "share")];

    public static IReadOnlyDictionary<string, KnownMetric> All { get; } =
        Walk(typeof(Summary), prefix: "", Inherited.Nothing).ToDictionary(found => found.Path, found => found.Metric);

    /// <summary>
    /// All figures that a run of the scenario may have: also every figure about each metric of an own protocol.
    /// </summary>
    public static IReadOnlyDictionary<string, KnownMetric> Of(Scenario scenario)
    {
        var known = new Dictionary<string, KnownMetric>(All);
        foreach (Metric metric in scenario.Protocol?.Chosen?.Protocol.Metrics ?? [])
        {
            var own = new Inherited(metric.Label, "a node reports it");
            foreach ((string path, KnownMetric figure) in
                Walk(typeof(MetricSummary), $"{OwnPrefix}{metric.Name}.", own))
                known[path] = figure;
        }

        return known;
    }

    /// <summary>Whether it may be a figure of a protocol whose assembly was not loaded, so that nobody knows.</summary>
    public static bool MayBeOwn(string path, Scenario scenario) =>
        scenario.Protocol is { Chosen: null } && path.StartsWith(OwnPrefix, StringComparison.Ordinal);

    /// <summary>Of any figure of a run, counters by names that the run chose included.</summary>
    public static string UnitOf(string path) => All.TryGetValue(path, out KnownMetric? known)
        ? known.Unit
        : path.StartsWith(OwnPrefix, StringComparison.Ordinal) ? "as reported" : Count;

    /// <summary>A figure by a name that the run chose.</summary>
    public static KnownMetric Counter(string path) =>
        new(typeof(double), NameOf(path), UnitOf(path), MeasuredWhen: null);

    private static IEnumerable<(string Path, KnownMetric Metric)> Walk(Type type, string prefix, Inherited above)
    {
        foreach (JsonPropertyInfo property in ScenarioJson.ContractOf(type).Properties)
        {
            Type held = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            string path = prefix + property.Name;
            JsonTypeInfoKind kind = ScenarioJson.ContractOf(held).Kind;
            Inherited here = above.At(property);
            if (kind == JsonTypeInfoKind.None)
            {
                string unit = held == typeof(string) ? ""
                    : here.Unit ?? (held == typeof(bool) ? "yes = 1" : held == typeof(double) ? "number" : Count);
                yield return (path, new KnownMetric(held, NameOf(path), unit, here.MeasuredWhen));
            }

            if (kind != JsonTypeInfoKind.Object)
                continue;
            foreach ((string Path, KnownMetric Metric) inner in Walk(held, path + ".", here))
                yield return inner;
        }
    }

    /// <summary>The path in words: <c>gossip.latencyMs.p99</c> is gossip latency p99.</summary>
    private static string NameOf(string path)
    {
        IEnumerable<string> names = path.Split('.').Select(
            name => name.EndsWith("Ms", StringComparison.Ordinal) ? name[..^2] : name);
        return string.Concat(string.Join(' ', names).Select(
            letter => char.IsAsciiLetterUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
    }

    /// <summary>What attributes and names of the properties above say.</summary>
    private sealed record Inherited(string? Unit, string? MeasuredWhen)
    {
        public static readonly Inherited Nothing = new(Unit: null, MeasuredWhen: null);

        public Inherited At(JsonPropertyInfo property) => new(
            property.AttributeProvider.Find<UnitAttribute>()?.Unit ?? Ending(property.Name) ?? Unit,
            property.AttributeProvider.Find<MeasuredWhenAttribute>()?.Condition ?? MeasuredWhen);

        private static string? Ending(string name) => endings
            .FirstOrDefault(each => name.EndsWith(each.Ending, StringComparison.Ordinal)).Unit;
    }
}
