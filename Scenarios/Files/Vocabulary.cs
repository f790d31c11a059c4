using System.Text.Json.Serialization.Metadata;
using GossipSim.Scenarios.Protocols;

namespace GossipSim.Scenarios.Files;

/// <summary>The words that a scenario may use, by the key where they stand, from the scenario records.</summary>
internal static class Vocabulary
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> All { get; } = Collect();

    private static SortedDictionary<string, IReadOnlyList<string>> Collect()
    {
        var words = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["protocol.name"] = ProtocolShelf.Names,
            ["overlay.linksPerJoin"] = [LinksPerJoin.HalfWord],
            ["invariants"] = InvariantSettings.Names,
            ["expectations[].metric"] = [.. MetricPaths.All.Keys],
        };
        Walk(typeof(Scenario), prefix: "", words);
        return words;
    }

    private static void Walk(Type type, string prefix, SortedDictionary<string, IReadOnlyList<string>> words)
    {
        JsonTypeInfo contract = ScenarioJson.ContractOf(type);
        if (contract.PolymorphismOptions is { } kinds)
        {
            words[prefix + kinds.TypeDiscriminatorPropertyName] =
                [.. kinds.DerivedTypes.Select(kind => (string)kind.TypeDiscriminator!)];
            foreach (JsonDerivedType kind in kinds.DerivedTypes)
                Walk(kind.DerivedType, prefix, words);
        }

        foreach (JsonPropertyInfo property in contract.Properties)
        {
            Type held = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            bool isList = held.IsGenericType && held.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
            Type item = isList ? held.GetGenericArguments()[0] : held;
            string path = $"{prefix}{property.Name}{(isList ? "[]" : "")}";
            if (item.IsEnum)
                words[path] = ScenarioJson.WordsOf(item);
            else if (ScenarioJson.ContractOf(item).Kind == JsonTypeInfoKind.Object)
                Walk(item, path + ".", words);
        }
    }
}
