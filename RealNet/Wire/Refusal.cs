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

    /// <summary>Who listens at the claimed address, if anybody, knows nothing of this connection.</summary>
    UnconfirmedAddress,

    /// <summary>
    /// Something signed that was not signed by whom, or for what, it says: see <see cref="Engine.Protocol.Notary"/>.
    /// </summary>
    BadSignature,
    HelloTimeout,
    LineTimeout,
    TooManyConnections,

    /// <summary>No fault: the connection served its exchange (DESIGN section 4).</summary>
    Idle,
}
