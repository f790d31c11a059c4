namespace GossipSim.RealNet.Security;

/// <summary>What a cluster's members think of a certificate that somebody shows.</summary>
public enum CertificateVerdict : byte
{
    Valid,

    /// <summary>It cannot be read as a certificate with a P-256 key.</summary>
    Malformed,

    /// <summary>It was not signed by the authority of this cluster.</summary>
    ForeignAuthority,
    Expired,
    NotYetValid,

    /// <summary>It was issued for another address than its holder claims, or for another cluster.</summary>
    WrongName,
}
