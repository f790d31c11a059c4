using System.Text.Json;

namespace GossipSim.Scenarios.Results;

/// <summary>Values that a line must have, told by their names where it does not.</summary>
internal static class NeededProperty
{
    /// <exception cref="FormatException">There is none of that name.</exception>
    public static JsonElement Needed(this JsonElement json, string name) => json.TryGetProperty(name, out var value)
        ? value
        : throw new FormatException($"\"{name}\" is missing");
}
