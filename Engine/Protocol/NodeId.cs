using System.Globalization;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// Names one process: drawn anew at every start, so a restarted process is told from the one before it.
/// </summary>
public readonly record struct NodeId(ulong Value)
{
    public override int GetHashCode() => (int)(Value >> 32);

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);

    public static bool TryParse(ReadOnlySpan<char> text, out NodeId id)
    {
        var read = ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        id = new NodeId(value);
        return read && text.Length == 16;
    }
}
