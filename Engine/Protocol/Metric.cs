namespace GossipSim.Engine.Protocol;

/// <summary>
/// A figure that nodes of an own protocol report as it changes. One object for the whole protocol, so that reporting
/// allocates nothing; the value travels as the bits of the event's number.
/// </summary>
public sealed record Metric
{
    /// <param name="name">camelCase letters and digits: part of paths in the summary and of file names.</param>
    /// <param name="label">What it is, with the unit, for axes.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public Metric(string name, string label)
    {
        if (!IsName(name))
            throw new ArgumentException($"\"{name}\" is no name of a metric; one looks like averageLoad", nameof(name));
        (Name, Label) = (name, label);
    }

    public string Name { get; }

    public string Label { get; }

    /// <summary>The event that says: from now on this node's value is that.</summary>
    /// <exception cref="ArgumentException">The value is infinite or no number, which no figure can show.</exception>
    public ProtocolEvent Is(double value) => double.IsFinite(value)
        ? new ProtocolEvent(EventKind.Measured, Number: BitConverter.DoubleToInt64Bits(value), Detail: this)
        : throw new ArgumentException($"{Name} must be a finite number", nameof(value));

    /// <summary>The value that an event made by <see cref="Is"/> tells.</summary>
    public static double ValueOf(in ProtocolEvent measured) => BitConverter.Int64BitsToDouble(measured.Number);

    private static bool IsName(string name)
    {
        if (name.Length is 0 or > 40 || !char.IsAsciiLetterLower(name[0])) return false;
        foreach (var letter in name)
            if (!char.IsAsciiLetterOrDigit(letter)) return false;
        return true;
    }
}
