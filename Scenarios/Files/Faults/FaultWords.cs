using System.Text.Json.Serialization.Metadata;

namespace GossipSim.Scenarios.Files;

/// <summary>The words that files use for faults; code and schema have them from the same attributes.</summary>
internal static class FaultWords
{
    public static IReadOnlyList<string> All { get; } = [.. Kinds().Select(kind => (string)kind.TypeDiscriminator!)];

    public static string WordOf(ScheduledFault fault) =>
        (string)Kinds().Single(kind => kind.DerivedType == fault.GetType()).TypeDiscriminator!;

    private static IEnumerable<JsonDerivedType> Kinds() =>
        ScenarioJson.ContractOf(typeof(ScheduledFault)).PolymorphismOptions!.DerivedTypes;
}
