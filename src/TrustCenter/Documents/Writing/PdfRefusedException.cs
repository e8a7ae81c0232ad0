namespace TrustCenter.Documents;

/// <summary>A PDF was not written; the message says why and what to do, to the person who asked for it.</summary>
public sealed class PdfRefusedException(string why) : Exception(why);
