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

    /// <summary>The message names another sender than its connection has.</summary>
    WrongSender,
    LineTimeout,
    TooManyConnections,

    /// <summary>A fault of the scenario.</summary>
    DamagedOnTheWay,

    // ---- Codes of the shared key
    MacExpected,
    UnknownKey,
    BadMac,
    ReplayedFrame,
    FrameOutOfOrder,

    /// <summary>It is a line that this end sent itself.</summary>
    ReflectedFrame,

    // ---- Certificates and TLS
    TlsExpected,
    TlsUnexpected,
    HandshakeFailed,

    /// <summary>A record was changed on its way, or is none.</summary>
    BadRecord,
    CertificateExpected,
    CertificateMalformed,
    CertificateExpired,
    CertificateNotYetValid,

    /// <summary>It was issued for another address or cluster.</summary>
    CertificateOfAnother,
    ForeignAuthority,

    /// <summary>What came over it made this end fail: see <see cref="InternalError"/>.</summary>
    InternalError,

    /// <summary>No fault: the connection served its exchange (DESIGN section 4).</summary>
    Idle,
}
