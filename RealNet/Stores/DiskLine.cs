using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Stores;

/// <summary>
/// A line of a disk's file: a checksum, a blank, and JSON. The first line says whose disk it is; the others are
/// records.
/// </summary>
internal static class DiskLine
{
    private const int ChecksumDigits = 16;

    private static readonly string ownerType = WireName.Of(nameof(DiskOwner));

    public static byte[] Of(StableRecord record) =>
        Line(JsonSerializer.Serialize(record, WireJson.Options.GetTypeInfo(record.GetType())));

    public static byte[] Of(DiskOwner owner) => Line(JsonSerializer.Serialize(
        new { type = ownerType, owner.Cluster, owner.Address }, WireJson.Options));

    /// <returns>A <see cref="StableRecord"/> or a <see cref="DiskOwner"/>; null when the line is damaged.</returns>
    /// <exception cref="InvalidDataException">It is whole, and of a type that this version does not know.</exception>
    public static object? Read(string line)
    {
        if (line.Length <= ChecksumDigits || line[ChecksumDigits] != ' ') return null;
        var json = line[(ChecksumDigits + 1)..];
        if (ChecksumOf(json) != line[..ChecksumDigits]) return null;
        using var document = JsonDocument.Parse(json);
        var type = document.RootElement.GetProperty(WireJson.TypeField).GetString()!;
        return type == ownerType
            ? JsonSerializer.Deserialize<DiskOwner>(json, WireJson.Options)
            : RecordTypes.Read(type, json);
    }

    private static byte[] Line(string json) => Encoding.UTF8.GetBytes($"{ChecksumOf(json)} {json}\n");

    private static string ChecksumOf(string json) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..ChecksumDigits];
}

/// <summary>Whose disk it is.</summary>
internal sealed record DiskOwner(string Cluster, NodeAddress Address);
