using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Stores;

/// <summary>The stable records by the name they have in files.</summary>
internal static class RecordTypes
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> types = typeof(StableRecord).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(StableRecord)))
        .ToFrozenDictionary(type => WireName.Of(type.Name), type => WireJson.Options.GetTypeInfo(type));

    /// <exception cref="InvalidDataException">The record is not known to this version, or does not fit its
    /// type.</exception>
    public static StableRecord Read(string name, string json)
    {
        if (!types.TryGetValue(name, out var type)) throw new InvalidDataException($"unknown record {name}");
        try
        {
            return (StableRecord)JsonSerializer.Deserialize(json, type)!;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"a {name} that cannot be read", error);
        }
    }
}
