namespace TrustCenter.Import;

/// <summary>Every bound of an import. Texts are counted in UTF-16 characters.</summary>
public static class ImportLimits
{
    public const int Claims = 5_000; // rows
    public const int Deals = 100_000; // rows
    public const int Evidence = 5_000; // rows, every version is one
    public const int Subprocessors = 2_000; // rows
    public const int Owners = 10_000; // rows
    public const int Names = 200; // products, plans, regions, topics, audiences; each
    public const int Columns = 200; // of one table
    public const int ListItems = 100; // of one field

    public const int Key = 80; // characters; part of an address
    public const int DealText = TrustCenter.Deals.DealWords.LongestText; // characters; one line; what a deal takes
    public const int DealReason = TrustCenter.Deals.SecurityFactor.LongestReason; // characters
    public const int Name = 200; // characters; one line
    public const int Sentence = 500; // characters; one line
    public const int Statement = 2_000; // characters; two printed paragraphs
    public const int Address = 500; // characters
    public const int FileName = 240; // characters, folders included
    public const int Agreement = 200_000; // characters; some sixty pages

    public const long File = 75L * 1024 * 1024; // bytes
    public const long Logo = Tenants.LogoFile.LongestFile;
    public const long Yaml = 1024L * 1024; // bytes; a file at the bound must be refused or read within 2 s
    public const long Table = 64L * 1024 * 1024; // bytes; 100,000 deals of 600 bytes
    public const int Field = 32_768; // characters of one CSV field or JSON line; a spreadsheet's cell holds 32,767
    public const int YamlDepth = 12; // levels; the deepest documented one is 4
    public const int YamlNodes = 100_000; // 5,000 claims of 20 names and values

    public const int Problems = 200; // kept one by one, for errors and warnings each
    public const int Preview = 20; // rows shown before an import
    public const int Batch = 500; // rows that become durable together, then the count of the import
    public const int WaitingImports = 10; // of one vendor; each keeps a file of up to Table bytes
    public const int FirstOfGroup = 5; // kept of every kind
}
