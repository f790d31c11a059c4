namespace GossipSim.RealNet.Wire;

/// <summary>
/// Why something that came over a connection was refused. The words go into ERROR lines and counters.
/// </summary>
internal enum Refusal : byte
{
    None,

    // ---- The line
    LineTooLong,
    InvalidUtf8,
    InvalidJson,
    TooDeep,
    DuplicateKey,
    MissingType,
    UnknownType,
    MalformedFields,
    NumberOutOfRange,
    TooManyEntries,
    StringTooLong,

    // ---- The connection
    HelloExpected,
    SecondHello,
    WrongCluster,
    WrongAddress,
    HelloTimeout,
    LineTimeout,
    TooManyConnections,
    TooManyEarlyMessages,

    /// <summary>No fault: the connection served its exchange (DESIGN section 4).</summary>
    Idle,
}
