namespace GossipSim.RealNet.Security;

/// <summary>How nodes prove to each other that they belong together.</summary>
public enum SecurityMode : byte
{
    /// <summary>Not at all: for nodes of one machine.</summary>
    None,

    /// <summary>Every line carries a code that only who knows the shared key can make; everybody can read it.</summary>
    SharedKey,

    /// <summary>TLS 1.3, in which both ends show the certificate of their address; nobody else can read it.</summary>
    MutualTls,
}

/// <summary>With <see cref="SecurityMode.MutualTls"/>, how connections to a peer are secured.</summary>
public enum PeerLinkSecurity : byte
{
    /// <summary>As those to a seed node.</summary>
    Tls,

    /// <summary>
    /// By codes of the shared key: there are many, each handshake costs milliseconds, and every seed node dials every
    /// newcomer. What is dialed to a seed node is TLS. On a connection that a seed node dialed both ends' words go by
    /// codes: readable, and as much theirs as the address and the shared key are; what changes the list is signed.
    /// </summary>
    Mac,
}
